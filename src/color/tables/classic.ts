/**
 * Maps of long use. Each knot: position 00–ff and colour, in hexadecimal; linear between knots, within 1/255 of the published tables.
 * Sources: gist_* (Yorick, Lawrence Livermore National Laboratory, BSD); gnuplot, gnuplot2, ocean, rainbow, afmhot (formulas of
 * gnuplot); cubehelix (D. A. Green 2011); coolwarm (K. Moreland 2009); bwr, brg, seismic, wistia, terrain and the names of MATLAB
 * (Matplotlib, its own licence, PSF-like); cmrmap (C. Rappaport 2002); cfastie (C. Fastie, Public Lab), rplumbo (Public Lab),
 * schwarzwald (cpt-city) as spread by rio-tiler (BSD-3-Clause).
 */
export const CLASSIC: Readonly<Record<string, string>> = {
  afmhot: '00000000 40800000 80ff8000 c0ffff81 ffffffff',
  autumn: '00ff0000 ffffff00',
  binary: '00ffffff ff000000',
  bone: '00000000 5e525272 c0a8c7c7 ffffffff',
  brg: '000000ff 7ffe0000 83f80700 ff00ff00',
  bwr: '000000ff 7ffefeff 83fff8f8 ffff0000',
  cfastie: '00ffffff 30343434 60ffffff 88383838 908c8cff 9f08f70f a001ff01 a317ff01 c0ffff01 efff0501 f0ff0101 f3ff012f ffff01ef',
  cmrmap: '00000000 2026267f 404d26be 619d337b 7ffd3f27 87f94e1d a0e58000 bfe5be19 dfe5e57f ffffffff',
  cool: '0000ffff ffff00ff',
  coolwarm:
    '003a4cc0 185775e1 2c7194f4 3f8baefd 55aac6fd 67c1d4f4 79d6dbe4 82dfdbd9 95efcebc a9f6b99d bcf59e7f d1ea7b60 ead1493e f7bf282e ffb30326',
  copper: '00000000 cfffa166 ffffc77e',
  cubehelix:
    '00000000 0b0f0613 15180f27 241a2341 2f17354c 3a14494e 47195e46 51246b3c 5e3e7631 695c7a2e 747e7a35 7f9e7947 8bbb7966 95cb7c85 a1d484ac afd196d2 bacaa9e6 c5c3bdf1 d3c1d5f3 dec8e5f0 ebdaf2ee f6eefaf4 ffffffff',
  gist_earth:
    '00000000 0100002b 0402004e 0704006e 08050273 27194779 3c276d7d 4930807e 75459948 784b9b46 8d79a652 b2b6b65e c8c0a365 d1c9a77b e1dbb7a2 ece7cbc1 f7f4e3e2 fffdfafa',
  gist_gray: '00000000 ffffffff',
  gist_heat: '00000000 80c00000 abff5600 bfff7f00 c2ff840a ffffffff',
  gist_ncar:
    '00000080 0d005e05 1b0000ee 1c000eff 2800b7ff 2900c0ff 3400f1fe 3700feeb 4300fa9c 4f00fe1f 510cfe0a 5213fb00 5e5fce00 5f65d100 6a7bf500 6c7ffb07 6e88ff0f 79baff3b 85f1ff0b 88fff700 95ffd701 a1ffb90d afff4700 bcff0900 beff0023 caff00f8 ccf106ff d7a52cfe d89e32fd e5eb7fee fffef7fe',
  gist_rainbow: '00ff0028 07ff0003 08ff0100 37feff00 6600ff00 9500fffc 9700f6ff c40001ff c60800ff f3fd00ff f7ff00ea ffff00bf',
  gist_stern: '00000000 0efe0e1c 3f0a3f7e 40404080 7f7f7ffe 838383f0 bbbbbb01 bdbdbd05 ffffffff',
  gist_yarg: '00ffffff ff000000',
  gnuplot:
    '00000000 010f0006 031b0012 082d0031 13450073 1d5500a7 276300d1 306e01ec 387702fa 407f04fe 468505fb 4e8d07ef 57940ad6 619d0eae 6da61370 7bb11c1c 7fb31f03 80b42000 97c43400 b2d55600 cae27e00 e0eeac00 f7fae700 ffffff00',
  gnuplot2: '00000000 400000ff 6b8700ff 91fd4bb3 95ff53ab eafffd01 ebffff04 ffffffff',
  gray: '00000000 ffffffff',
  hot: '000a0000 5dfe0000 befffe00 c1ffff0a ffffffff',
  hsv: '00ff0000 28ffec00 2cf8fc00 2eeeff00 5507ff00 5900ff0f 8100fffb 8200fcff aa000fff ae0700ff d6f300ff dafd00f1 deff00da ffff0017',
  jet: '0000007f 1c0000fe 200000ff 5700dcfe 5a02e8f4 6015ffe1 a3edff08 a6f7f400 a8feed00 e3fe1200 e8e80000 ff7f0000',
  nipy_spectral:
    '00000000 0c70007f 0d770088 19870098 1a820099 260200a9 290000b5 330000dd 3f0070dd 400077dd 4c0097dd 50009dcf 5a00aaa8 6600aa87 72009a07 73009900 9900ff00 a5afff00 a6bbfe00 b3eeec00 c0ffc900 ccff9900 d8ff0800 d9fe0000 e6dc0000 f2cc0000 f3cc0c0c ffcccccc',
  ocean: '00007f00 55000055 aa007faa ffffffff',
  pink: '001e0000 04311919 0b482b2b 17633e3e 29825353 45a76c6c 5fc2807f 7bcea690 a4ded1a6 bfe8e8b4 dff4f4dd ffffffff',
  rainbow:
    '007f00ff 203f61fa 341798f2 4000b4eb 5122d6df 6346efd1 7264fbc2 8080feb3 8d9afba4 9dbaee90 aedcd67a c0ffb260 d6ff7b3f eeff351a ffff0000',
  rplumbo:
    '00000000 80555555 814a0100 867d0c00 8bb02000 90e33d00 93ff5100 bcffff00 c6bde300 d17fc400 dc4da500 e6298900 f10c6a00 f8005700 ff004308',
  schwarzwald:
    '00aeefd5 03b0f2d0 0ab0f4ba 0eb5f6b2 12c3f7b2 15ccf9b2 17d6fab1 1ae0fbb2 1cebfcb2 21fafcb2 23f3f7a7 26e2f097 27d5eb8c 2daad86c 2e9ad362 327dc752 336ec24a 393eb032 3a31ab2c 3d23a32a 3f189a2e 45098938 4607843c 480c823f 4a18823f 4b28843d 514c8e3b 52579238 566e9634 57789a32 5c8ea12c 5fa1a528 62b0aa24 63bbad22 69dab318 6ae4b414 6ef6b608 6ff8b004 75e89002 76e28402 7ad86f02 7bd36602 7fc85402 80c04a02 86ae3102 87a92a02 8b9d1e02 8c971702 92870800 93820500 957d0400 977a0802 98770d02 ae6e2508 ba6a2f0d c2764220 c7804f32 c8835538 ce8c654c cf906a54 d3967460 d4987a68 daa08d82 dba3938b dfa7a09c e0aaa7a4 e3adadad ebbcbcbc efc6c6c6 f9dcdadc fee5e3e5 ffe9e7e9',
  seismic: '0000004c 400101ff 7ffdfdff 80fffdfd bfff0000 ff7f0000',
  spring: '00ff00ff ffffff00',
  summer: '00007f66 ffffff66',
  terrain: '00333399 260098fe 2a00a0e8 3f00ca6a 4001cc66 7ffdfe98 81fcfb97 bf805c54 c891726b ffffffff',
  winter: '000000ff ff00ff7f',
  wistia: '00e4ff7a 41ffe719 81ffbc00 e2fd8e00 fffc7f00',
};

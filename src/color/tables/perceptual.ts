/**
 * Perceptually even maps. Each knot: position 00–ff and colour, in hexadecimal; linear between knots, within 1/255 of the published tables.
 * Sources: viridis, plasma, inferno, magma (N. J. Smith, S. van der Walt, E. Firing 2015, CC0); cividis (Nuñez, Anderton,
 * Renslow 2018, public domain); twilight (B. Bechtold, CC0); turbo (A. Mikhailov, Google 2019, Apache-2.0); berlin, managua,
 * vanimo (F. Crameri, Scientific colour maps, MIT).
 */
export const PERCEPTUAL: Readonly<Record<string, string>> = {
  berlin:
    '009eaffe 146ea9e7 214e9ed1 2c3a8cb6 3c2a6e8f 5b163848 6b101f28 78121113 821b0b06 8d270d00 a2431301 ae571a05 bb722b15 c88e422e e5c8786e fffeadad',
  cividis: '0000224d 14003070 17003170 1d14366f 2b2b3f6d 474a536b 73717273 85817f78 a5a09775 c8c4b468 e0dec957 f3f3da42 fcfde333 fffde737',
  inferno:
    '00000003 0501010b 110b0726 1f1f0c47 2b34095f 37480b6a 4965156e 5f88216a 78af315b 8dcd4247 a2e65c2e baf78310 c3fa9306 cbfba208 d7fbb91e e4f6d33f eff1e864 f8f3f689 fffcfea4',
  magma:
    '00000003 0b050417 1e1a1041 2d301065 37420f74 4355137d 5c7c2381 77a7317d 93d4436d a4eb5660 b1f56c5b bdfa825f ccfd9f6c e4fecb8e fffbfcbf',
  managua: '00ffcf67 18e1a057 37bb6e46 4f9b4d3c 65783338 7463293d 8255294b 8f4d3260 a04b4680 b55265a5 d6649acf ef75c7ec ff80e7fe',
  plasma: '000c0786 061d068d 183f039c 306500a7 3f7c02a7 4a8c0aa4 60a92395 84cf4b74 a9ec7754 c6fa9d3a defdc128 ecfad824 fdf0f525 ffeff821',
  turbo:
    '0030123b 0738266c 0f3f3d9c 184456c7 21466de6 294682f8 2f4291fe 3738a5fb 4126bde9 4a1ad1d2 5117debf 581ee8af 5f2ff09a 684df97c 7684fe50 7e9efd3e 86b3f835 8fcaed33 9ce7d738 a8f8be39 b5fe9e2e c2f9771e cfec520e ded43205 ecb41b01 fa8b0901 ff7a0402',
  twilight:
    '00e1d8e2 06d9d8de 0ccdd2d8 1c9ebbc8 2782a7c3 326e92bf 3d637cbb 406174ba 4c5e59b0 545d45a6 5d5a3095 63562285 6a4e1870 6f45135d 79361041 802f1336 893d113b 94551546 a0761e4f ab902d50 b8a7464f c3b65f54 cec17960 d7c78f72 e4ceae97 f0d9c8c1 f7ded3d5 fde1d8df ffe1d8e1',
  twilight_shifted:
    '002f1337 07371043 11471460 18521b78 20592b90 295d3fa2 325e56af 416278bb 4e6f94c0 5a85aac4 64a1bcc9 69b0c4cd 6ab1c5cd 6ebfccd2 78d8d7dd 7ee0d9e2 84e0d7dc 8cdbccc8 93d4beb0 94d4bdaf 95d3baa9 a3c9997d aac5886c b3bf725c beb35852 cc9d3a4f d48f2c50 dd781f4f e75e1749 f341113d fb331137 ff2f1436',
  vanimo:
    '00ffccfc 17db8dcd 28bf66ad 3a9f478c 4b762f66 5f421b38 6c281522 771d1317 83191612 8f1b1e11 9e273315 bd4e6c24 d46c9535 e181b048 eb93c85f f6aae482 ffbdfca5',
  viridis: '00440154 17482172 2b433a83 4538578c 7125828e 8b1e9a89 9821a784 a730b47a b84dc26b cc79d151 ebcae01e f2dce218 f9eee51b fffde724',
};

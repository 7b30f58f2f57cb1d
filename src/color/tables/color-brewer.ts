/**
 * ColorBrewer 2.0 (C. Brewer, M. Harrower and The Pennsylvania State University, Apache-2.0), sequential and diverging.
 * Each knot: position 00–ff and colour, in hexadecimal; linear between knots, within 1/255 of the published tables.
 */
export const COLOR_BREWER: Readonly<Record<string, string>> = {
  blues: '00f7fbff 42c3d9ee 6497c6df 8563a9d3 a43d8dc3 c41d6cb1 df08519c ff08306b',
  brbg: '00543005 1a8d510a 33bf812d 4ee0c481 66f6e8c3 7ff5f4f4 99c7eae5 b37ecbc0 cd32958d e600655d ff003c30',
  bugn: '00f7fcfd 23e2f4f7 41caebe4 6393d5c5 8361bf9e a33daa70 c0228a44 df006d2c ff00441b',
  bupu: '00f7fcfd 23dce9f2 629cb9d8 808c95c5 af8a56a7 c4863998 df810f7c ff4d004b',
  gnbu: '00f7fcf0 30d5eecf 42c9eac3 61a6dcb5 8770c6c7 a04db2d2 d21676b3 e00866aa ff084081',
  greens: '00f7fcf5 23e2f3dc 47bee5b7 6895d391 8171c274 a13fa95b cc157e3a e0006b2b ff00441b',
  greys: '00ffffff 28eaeaea 4dcdcdcd 66b5b5b5 90838383 c24e4e4e e3202020 ff000000',
  oranges: '00fff5eb 24fde3c8 43fdcc9c 64fda964 82fc8a38 a0f06812 c0d74701 e2a23403 ff7f2704',
  orrd: '00fff7ec 2cfde0b8 41fdd39c 61fcb982 80fb8c58 a0ee6347 c1d52d1d dfb30000 ff7f0000',
  piyg: '008e0152 1ac51c7d 33de77ae 4ef1b8db 66fde0ef 80f6f6f6 9ae4f4cd b4b4de81 cd7dba3f e64c9120 ff276419',
  prgn: '0040004b 1a762b83 359c74ad 4fc5a9d1 67e7d5e8 80f6f6f6 9ad7efd1 b3a4da9e cd57ab5f e61a7636 ff00441b',
  pubu: '00fff7fb 25e7e3f0 42cdcfe5 669cb9d8 846ba5cc a2318dbe c0046faf e003598b ff023858',
  pubugn: '00fff7fb 25e7dfee 42cdcfe5 62a1bbda 8164a7ce a0348fbe c0018088 e0016a58 ff014636',
  puor: '007f3b08 1bb55a06 33e08214 4efdba67 66fee0b6 7ff7f6f5 88ecedf3 9ad6d8ea b5ada5ce cd7e70aa e6532686 ff2d004b',
  purd: '00f7f4f9 22e5deed 46d1b1d6 61c991c6 82df60ad a0e62888 c1cb1154 e0960042 ff67001f',
  purples: '00fcfbfd 27eae8f2 44d6d6e9 6cb0afd4 899591c3 a27e79b8 d45b3595 ff3f007d',
  rdbu: '0067001f 1ab2192b 34d7624f 4df4a683 66fddbc7 7ff7f6f6 9acee3ef b48dc2dc cd4191c2 e62064aa ff053061',
  rdgy: '0067001f 1ab2192b 34d7624f 4df4a683 67fddcc9 7ffefefd 81fdfdfd 9fd7d7d7 b6b3b3b3 cf808080 eb414141 ff1a1a1a',
  rdpu: '00fff7f3 28fcd9d5 41fbc3bf 61f99cb4 80f667a0 a1da3195 bfae017e e66f0074 ff49006a',
  rdylbu: '00a50026 1ad73127 34f46f44 4efdb063 67fee191 80fefec0 99e0f3f7 b4a7d6e7 ce70a8ce e64473b3 ff313695',
  rdylgn: '00a50026 1ad73127 34f46f44 4efdb063 67fee18d 7ffefebd 83f9fcb7 9bd5ed88 b3a4d869 ce60ba61 e619974f ff006837',
  reds: '00fff5f0 23fddccd 50fca689 67fb8868 82fa6647 a1ed392b c0ca171c e0a30e14 ff67000c',
  spectral: '009e0142 1ad53e4e 33f46d43 4efdb063 67fee18d 80fefebe 99e6f598 b6a1d9a4 cc66c2a5 e63286bc ff5e4fa2',
  ylgn: '00ffffe5 21f5fbb8 44d3eda0 65a4d98a 876bbf72 a040aa5c c21f8141 e0006736 ff004529',
  ylgnbu: '00ffffd9 20ecf7b1 41c4e7b4 6378cabb 8040b5c3 a01d90bf c42257a5 e0243392 ff081d58',
  ylorbr: '00ffffe5 24fef4b6 41fee18e 61fec24d 80fd9828 a2e96d12 c0ca4b02 e4913104 ff662505',
  ylorrd: '00ffffcc 3ffed976 60fdb14b 81fc8a3b a0fb4c29 c0e2191c dfbd0025 ff800026',
};

// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.rxgk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rxrpc.security.AuthName;
import io.rxrpc.security.SecurityLevel;
import io.rxrpc.security.krb.KerberosKey;
import io.rxrpc.security.rxgk.RxgkForm;
import io.rxrpc.security.rxgk.RxgkServerKeys;
import io.rxrpc.security.rxgk.TokenContents;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A negotiation that a real server and MIT's GSS-API have had (rxgk.md 9.1). */
class NegotiationVectorTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] PARAMS =
      HEX.parseHex(
          "000000020000001200000011000000010000000200008ca00000001e000000202bba76513f30e489"
              + "5028e40763927f0cc4f7da8b1871c642f69e70fa210e8111");
  private static final byte[] INFO =
      HEX.parseHex(
          "00000000000000120000000200008ca00000001e003fcfc96197d44a0000001c040405ffffffffff"
              + "000000002b26a839a3c99a117018214232e81589000000ac0000000400000012000000a0e6fcb5fa"
              + "c9bc3007f528c7619cbde18dcf3c874c1a95c1dc7cccd87fed57ce1c214ae012c90b63b967e2f1b5"
              + "2ef8664839b95ddfbcdd1941a5063ad11fbdf30eb1787dfc297b558c0a77a5b3296357a89abbb02e"
              + "f59ad017b8d048d05ea6dffe151db6471c9b805a69bbb609f9ee077939c06f18839a79b0f6414f8e"
              + "cb6181268dbcd77fcd38c14549668941acab0c36b673aba73d96317a7665ac550e373f6700000020"
              + "f9e1e21168f43126070a60d18e3e1a12fcbd82926701dc5841d0bfe3210e0aa9");
  private static final byte[] SUBKEY =
      HEX.parseHex("1304c0b61c6632af50edf70cca0fc0dfe1fa6d7b5468b56d6f8e006b2a42d790");
  private static final String K0 =
      "aae05a7edc0d58dfa182fc490e6b2bb107e7b6f8e0ec0281538396f18e99690e";
  private static final RxgkServerKeys KEYS =
      RxgkServerKeys.one(
          4, 18, HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

  @Test
  void whatWasAskedFor() throws Exception {
    StartParams params = StartParams.XDR.decode(PARAMS);
    assertThat(params.enctypes().toArray()).containsExactly(18, 17);
    assertThat(params.levels().toArray()).containsExactly(SecurityLevel.ENCRYPT.number());
    assertThat(params.lifetime()).isEqualTo(36000);
    assertThat(params.bytelife()).isEqualTo(30);
    assertThat(params.nonce().size()).isEqualTo(32);
    assertThat(StartParams.XDR.encode(params)).isEqualTo(PARAMS);
  }

  @Test
  void whatWasGivenAndTheKeyThatBothEndsMade() throws Exception {
    ClientInfo info = ClientInfo.XDR.decode(INFO);
    assertThat(ClientInfo.XDR.encode(info)).isEqualTo(INFO);
    assertThat(info.errorcode()).isZero();
    assertThat(info.expiration()).isEqualTo(17_961_387_365_487_690L);
    byte[] seed = Negotiation.seed(StartParams.XDR.decode(PARAMS).nonce(), info.serverNonce());
    byte[] k0 = KerberosKey.of(18, SUBKEY).gssPseudoRandom(seed, 32);
    assertThat(HEX.formatHex(k0)).isEqualTo(K0);
    TokenContents contents =
        TokenContents.open(RxgkForm.OPENAFS, info.token().toArray(), 34567, KEYS);
    assertThat(contents.k0()).isEqualTo(k0);
    assertThat(contents.names()).containsExactly(AuthName.kerberos5("user@TEST.EXAMPLE"));
    assertThat(contents.level()).isEqualTo(info.level());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.krb5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether the system's Kerberos can be used. */
class SystemKerberosTest {
  @Test
  void noLibraryIsSaid() {
    SystemKerberos.Found found = SystemKerberos.Found.named("libkrb5.so.987");
    assertThat(found.library()).isNull();
    assertThat(found.why()).isEqualTo("there is no libkrb5.so.987");
  }

  /** Heimdal's library has functions of the same names, and other structures. */
  @Test
  void aLibraryThatIsNotMitsIsNotTaken() {
    SystemKerberos.Found found = SystemKerberos.Found.named("libc.so.6");
    assertThat(found.library()).isNull();
    assertThat(found.why()).isIn("libc.so.6 is not MIT Kerberos", "there is no libc.so.6");
    SystemKerberos.Found heimdal = SystemKerberos.Found.named("libkrb5.so.26");
    assertThat(heimdal.library()).isNull();
    assertThat(heimdal.why())
        .isIn("libkrb5.so.26 is not MIT Kerberos", "there is no libkrb5.so.26");
  }

  @Test
  void theJdksIsChosenWhereItsConfigurationIsNamed() {
    String before = System.getProperty("java.security.krb5.conf");
    System.setProperty("java.security.krb5.conf", "/no/krb5.conf");
    try {
      assertThat(Kerberos.automatic().name()).isEqualTo("jdk");
      assertThat(Kerberos.automatic().description())
          .isEqualTo("the JDK's Kerberos (java.security.krb5.conf is set)");
    } finally {
      if (before == null) {
        System.clearProperty("java.security.krb5.conf");
      } else {
        System.setProperty("java.security.krb5.conf", before);
      }
    }
  }
}

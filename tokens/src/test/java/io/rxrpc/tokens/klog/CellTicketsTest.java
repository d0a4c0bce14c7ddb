// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.tokens.klog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rxrpc.tokens.krb5.GssContext;
import io.rxrpc.tokens.krb5.KerberosException;
import io.rxrpc.tokens.krb5.KerberosFault;
import io.rxrpc.tokens.krb5.KerberosLogin;
import io.rxrpc.tokens.krb5.ServiceTicket;
import io.rxrpc.tokens.krb5.TestTickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which order services are asked for: aklog's. */
class CellTicketsTest {
  private static final String USER = "user@USERS.EXAMPLE";

  private final List<String> asked = new ArrayList<>();

  /** A KDC that knows one service, under the name that it gives. */
  private KerberosLogin kdc(Map<String, String> known, KerberosFault otherwise) {
    return new KerberosLogin() {
      @Override
      public GssContext initiate(String service) {
        throw new IllegalStateException("nobody negotiates here");
      }

      @Override
      public String client() {
        return USER;
      }

      @Override
      public ServiceTicket ticket(String service) throws KerberosException {
        asked.add(service);
        String given = known.get(service);
        if (given == null) {
          throw TestTickets.failure(
              service.contains("@USERS") ? KerberosFault.SERVICE_UNKNOWN : otherwise);
        }
        return TestTickets.of(given);
      }

      @Override
      public String realmOf(String host) {
        return host.endsWith(".mapped.example") ? "MAPPED.EXAMPLE" : "";
      }

      @Override
      public void close() {}
    };
  }

  private String find(
      String cell, List<String> hosts, @Nullable String realm, Map<String, String> known)
      throws KerberosException {
    KerberosLogin login = kdc(known, KerberosFault.SERVICE_UNKNOWN);
    return CellTickets.rxkad(login, cell, hosts, step -> {}).find(realm).service();
  }

  @Test
  void theUsersRealmFirst() throws Exception {
    String own = "afs/cell.example@USERS.EXAMPLE";
    assertThat(find("cell.example", List.of("db.mapped.example"), null, Map.of(own, own)))
        .isEqualTo(own);
    assertThat(asked).containsExactly(own);
  }

  @Test
  void aTicketThatTheUsersKdcReferredToIsTheRightOne() throws Exception {
    assertThat(
            find(
                "cell.example",
                List.of(),
                null,
                Map.of("afs/cell.example@USERS.EXAMPLE", "afs/cell.example@CELL.EXAMPLE")))
        .isEqualTo("afs/cell.example@CELL.EXAMPLE");
  }

  @Test
  void thenTheRealmOfTheFirstServer() throws Exception {
    String there = "afs/cell.example@MAPPED.EXAMPLE";
    assertThat(
            find("cell.example", List.of("db.mapped.example", "other"), null, Map.of(there, there)))
        .isEqualTo(there);
    assertThat(asked).containsExactly("afs/cell.example@USERS.EXAMPLE", there);
  }

  @Test
  void thenAReferralAndTheServersDomain() throws Exception {
    String there = "afs/cell.example@DOMAIN.EXAMPLE";
    find("cell.example", List.of("db.domain.example"), null, Map.of(there, there));
    assertThat(asked).containsExactly("afs/cell.example@USERS.EXAMPLE", "afs/cell.example@", there);
  }

  @Test
  void afsAloneOnlyWhereTheCellEqualsTheRealm() throws Exception {
    assertThat(find("old.example", List.of(), null, Map.of("afs@OLD.EXAMPLE", "afs@OLD.EXAMPLE")))
        .isEqualTo("afs@OLD.EXAMPLE");
  }

  @ParameterizedTest
  @CsvSource({"mistyped.example,", "mistyped.example,USERS.EXAMPLE", "old,OLD.EXAMPLE"})
  void aMistypedCellIsRefused(String cell, @Nullable String realm) {
    Map<String, String> alone =
        Map.of("afs@USERS.EXAMPLE", "afs@USERS.EXAMPLE", "afs@OLD.EXAMPLE", "afs@OLD.EXAMPLE");
    assertThatThrownBy(() -> find(cell, List.of(), realm, alone))
        .isInstanceOfSatisfying(
            KerberosException.class,
            e -> assertThat(e.fault()).isEqualTo(KerberosFault.SERVICE_UNKNOWN));
    assertThat(asked).noneMatch(s -> s.equals("afs@USERS.EXAMPLE") || s.equals("afs@OLD.EXAMPLE"));
  }

  @Test
  void aRealmThatIsGivenIsTheOnlyOne() throws Exception {
    assertThatThrownBy(() -> find("cell.example", List.of("db.mapped.example"), "X", Map.of()));
    assertThat(asked).containsExactly("afs/cell.example@X");
    asked.clear();
    find("x", List.of(), "X", Map.of("afs@X", "afs@X"));
    assertThat(asked).containsExactly("afs/x@X", "afs@X");
  }

  @Test
  void aRealmThatWasGuessedAndHasNoKdcIsNotBlamed() {
    KerberosLogin login = kdc(Map.of(), KerberosFault.KDC_UNKNOWN);
    CellTickets tickets = CellTickets.rxkad(login, "c.example", List.of(), step -> {});
    assertThatThrownBy(() -> tickets.find(null))
        .isInstanceOfSatisfying(
            KerberosException.class,
            e -> assertThat(e.fault()).isEqualTo(KerberosFault.SERVICE_UNKNOWN));
    assertThat(tickets.tried())
        .isEqualTo("afs/c.example@USERS.EXAMPLE or afs/c.example@C.EXAMPLE or afs@C.EXAMPLE");
  }

  @Test
  void whatIsNotAboutTheServiceEndsTheSearch() {
    KerberosLogin login = kdc(Map.of(), KerberosFault.SKEW);
    CellTickets tickets = CellTickets.rxkad(login, "c.example", List.of(), step -> {});
    assertThatThrownBy(() -> tickets.find(null))
        .isInstanceOfSatisfying(
            KerberosException.class, e -> assertThat(e.fault()).isEqualTo(KerberosFault.SKEW));
  }

  @Test
  void forRxgkTheSameRealmsAreAskedForItsOwnService() {
    KerberosLogin login = kdc(Map.of(), KerberosFault.SERVICE_UNKNOWN);
    CellTickets tickets = CellTickets.rxgk(login, "c.example", List.of(), step -> {});
    assertThatThrownBy(() -> tickets.find(null)).isInstanceOf(KerberosException.class);
    assertThat(tickets.tried())
        .isEqualTo("afs-rxgk/_afs.c.example@USERS.EXAMPLE or afs-rxgk/_afs.c.example@C.EXAMPLE");
  }
}

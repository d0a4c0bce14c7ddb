// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.fs;

import io.rxrpc.xdr.Longs;
import java.time.Instant;

/**
 * What a file server has done since it started. Counters of octets begin anew at 2,000,000,000.
 *
 * @param now the server's clock
 * @param started when it started
 * @param connections connections that are open
 * @param fetches calls that fetch data, lists of rights and status
 * @param dataFetches calls that fetch data
 * @param octetsFetched octets of data fetched
 * @param stores calls that store data, lists of rights and status
 * @param dataStores calls that store data
 * @param octetsStored octets of data stored
 * @param calls calls of all kinds
 * @param clients client hosts that it knows
 * @param activeClients those that called within 15 minutes
 * @param processSize of the server's process, in the units of its system
 */
public record ServerLoad(
    Instant now,
    Instant started,
    long connections,
    long fetches,
    long dataFetches,
    long octetsFetched,
    long stores,
    long dataStores,
    long octetsStored,
    long calls,
    long clients,
    long activeClients,
    long processSize) {
  static ServerLoad of(Longs s) {
    return new ServerLoad(
        Instant.ofEpochSecond(s.get(0)),
        Instant.ofEpochSecond(s.get(2)),
        s.get(3),
        s.get(4),
        s.get(5),
        s.get(6),
        s.get(8),
        s.get(9),
        s.get(10),
        s.get(12),
        s.get(13),
        s.get(14),
        s.get(15));
  }
}

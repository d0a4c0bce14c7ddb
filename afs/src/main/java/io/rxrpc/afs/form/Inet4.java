// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.form;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses, which AFS writes as numbers: mostly the right way round, sometimes not. */
public final class Inet4 {
  private Inet4() {}

  /** The address of a number: 0x7f010001 is 127.1.0.1. */
  public static InetAddress of(int number) {
    byte[] octets = {
      (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
    };
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four octets are always an address
    }
  }

  /** The address of a number whose octets are in reverse: 0x0100017f is 127.1.0.1. */
  public static InetAddress ofReversed(int number) {
    return of(Integer.reverseBytes(number));
  }

  /**
   * The number of an address: 127.1.0.1 is 0x7f010001.
   *
   * @throws IllegalArgumentException if it is not IPv4: AFS has no place for others
   */
  public static int number(InetAddress address) {
    if (!(address instanceof Inet4Address)) {
      throw new IllegalArgumentException(
          address.getHostAddress() + " is no IPv4 address, and this call has no place for others");
    }
    byte[] o = address.getAddress();
    return (o[0] & 0xff) << 24 | (o[1] & 0xff) << 16 | (o[2] & 0xff) << 8 | (o[3] & 0xff);
  }
}

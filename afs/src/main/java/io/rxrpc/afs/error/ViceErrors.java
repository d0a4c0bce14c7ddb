// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.afs.error;

import io.rxrpc.rpc.ErrorCode;
import java.util.List;

/** Errors of volumes, which file servers and volume servers send as small numbers. */
final class ViceErrors {
  static final List<ErrorCode> ALL =
      List.of(
          new ErrorCode(-100, "VRESTARTING", "the server starts: try again after a pause"),
          new ErrorCode(101, "VSALVAGE", "the volume needs salvaging: try another site"),
          new ErrorCode(102, "VNOVNODE", "no such file or directory in the volume any more"),
          new ErrorCode(103, "VNOVOL", "the volume is not at this server: look it up again"),
          new ErrorCode(104, "VVOLEXISTS", "the volume is here already"),
          new ErrorCode(105, "VNOSERVICE", "the volume is out of service: try another site"),
          new ErrorCode(106, "VOFFLINE", "the volume is off-line: try another site, or later"),
          new ErrorCode(107, "VONLINE", "the volume is on-line already"),
          new ErrorCode(108, "VDISKFULL", "the partition is full"),
          new ErrorCode(109, "VOVERQUOTA", "the volume's quota is used up"),
          new ErrorCode(110, "VBUSY", "the volume is busy: try again in 15 seconds"),
          new ErrorCode(111, "VMOVED", "the volume has moved: look it up again"),
          new ErrorCode(112, "VIO", "input or output has failed at the server"),
          new ErrorCode(113, "VSALVAGING", "the volume is being salvaged: try again later"),
          new ErrorCode(120, "VRESTRICTED", "the server's policy refuses it"),
          new ErrorCode(1234, "VICECONNBAD", "the server is another one than before"),
          new ErrorCode(1235, "VICETOKENDEAD", "the token is not accepted any more"));

  private ViceErrors() {}
}

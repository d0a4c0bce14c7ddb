// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.afs.BuiltInService;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSStoreStatus;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.RxafsClient;
import io.rxrpc.afs.vl.VlClient;
import io.rxrpc.afs.vl.Vldb;
import io.rxrpc.interop.peers.Cell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real client of file servers that waits for somebody to read what it prints, and meanwhile
 * answers callbacks.
 */
final class WaitingClient implements AutoCloseable {
  private static final int LENGTH = 1_000_000;
  private static final String NAME = "read.me";

  private final Cell cell;
  private final Process process;

  private WaitingClient(Cell cell, Process process) {
    this.cell = cell;
    this.process = process;
  }

  static WaitingClient start(Cell cell) throws IOException {
    AFSFid file;
    try (TypedCell typed = new TypedCell(cell)) {
      RxafsClient fs = new RxafsClient(typed.at(BuiltInService.FS));
      AFSFid root = root(typed);
      file = fs.createFile(root, NAME, new AFSStoreStatus(0, 0, 0, 0, 0, 0)).outFid();
      byte[] data = Rpc.random(1, LENGTH);
      new FileServer(fs).write(file, 0, data.length, data.length, new ByteArrayInputStream(data));
    }
    Process process =
        cell.start(
            "afsio",
            "fidread",
            "-fid",
            file.volume() + "." + file.vnode() + "." + file.unique(),
            "-cell",
            "test.example");
    // it has begun, and more than a pipe holds is to come
    if (process.getInputStream().read() < 0) {
      throw new IOException(
          "afsio has ended: "
              + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new WaitingClient(cell, process);
  }

  private static AFSFid root(TypedCell typed) throws IOException {
    return FileServer.root(
        new Vldb(new VlClient(typed.at(BuiltInService.VL))).entry("root.cell").readWriteId());
  }

  /** The socket that it has, as the kernel tells. */
  InetSocketAddress address() throws IOException {
    List<String> sockets = Files.readAllLines(Path.of("/proc/net/udp"));
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    for (ProcessHandle handle : processes) {
      for (String inode : inodes(handle.pid())) {
        for (String line : sockets.subList(1, sockets.size())) {
          String[] words = line.trim().split("\\s+", -1);
          if (words[9].equals(inode)) {
            return Rpc.loopback("127.0.0.1", Integer.parseInt(words[1].split(":", -1)[1], 16));
          }
        }
      }
    }
    throw new IOException("the client has no socket");
  }

  private static List<String> inodes(long pid) throws IOException {
    List<String> inodes = new ArrayList<>();
    if (!Files.isDirectory(Path.of("/proc/" + pid + "/fd"))) {
      return inodes;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : open) {
        String target = Files.readSymbolicLink(descriptor).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  @Override
  public void close() throws Exception {
    process.destroyForcibly().waitFor();
    try (TypedCell typed = new TypedCell(cell)) {
      new RxafsClient(typed.at(BuiltInService.FS)).removeFile(root(typed), NAME);
    }
  }
}

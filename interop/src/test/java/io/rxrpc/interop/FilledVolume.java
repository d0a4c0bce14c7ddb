// SPDX-License-Identifier: Apache-2.0
package io.rxrpc.interop;

import io.rxrpc.RxrpcEndpoint;
import io.rxrpc.afs.fs.AFSFid;
import io.rxrpc.afs.fs.AFSStoreStatus;
import io.rxrpc.afs.fs.FileServer;
import io.rxrpc.afs.fs.FileState;
import io.rxrpc.afs.fs.FsConstants;
import io.rxrpc.interop.peers.Cell;
import io.rxrpc.xdr.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A volume with some of everything, made by calls of a real file server. */
final class FilledVolume {
  static final int BIG = 3_000_001;
  static final String ACL =
      "2\n1\nsystem:administrators\t127\nsystem:anyuser\t127\nuser\t16777218\n";

  private final FileServer files;
  private final Map<String, AFSFid> fids = new LinkedHashMap<>();
  private final Map<String, byte[]> data = new LinkedHashMap<>();

  /** Fills a volume in which everybody may write. */
  FilledVolume(RxrpcEndpoint endpoint, Cell cell, int volume) throws IOException {
    files = new FileServer(endpoint, Rpc.service(cell.server(7000), 1));
    fids.put("", FileServer.root(volume));
    directory("/docs");
    directory("/docs/deep");
    directory("/docs/caf\u00e9 with blanks");
    directory("/moved");
    file("/docs/empty", new byte[0]);
    file("/docs/deep/text", "some text\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    file("/big", Rpc.random(16, BIG));
    file("/moved/in", new byte[1024]);
    symlink("/link", "docs/deep/text", 0755);
    symlink("/docs/far", "/afs/elsewhere", 0777);
    symlink("/mount", "#root.cell.", 0644);
    directory("/many");
    for (int i = 0; i < 150; i++) {
      file("/many/" + "a-name-that-is-longer-than-one-blob".substring(i % 35) + i, new byte[i % 3]);
    }
    directory("/full");
    for (int i = 0; i < 130; i++) { // names of one, two and three blobs, on several pages
      symlink("/full/" + "x".repeat(1 + (i * 7) % 60) + i, "target", 0777);
    }
    name("/docs/deep/text", "/docs/deep/the same text");
    remove("/many/a-name-that-is-longer-than-one-blob0");
    move("/moved", "/many/moved");
    accessList("/docs/deep", ACL);
  }

  /** What there is, by its path: files, directories, links. */
  Map<String, AFSFid> fids() {
    return fids;
  }

  /** The data of the files. */
  Map<String, byte[]> data() {
    return data;
  }

  FileState status(String path) throws IOException {
    return files.status(fids.get(path));
  }

  byte[] read(AFSFid fid) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.read(fid, 0, 1 << 30, out);
    return out.toByteArray();
  }

  private AFSFid above(String path) {
    return fids.get(path.substring(0, path.lastIndexOf('/')));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static AFSStoreStatus mode(int mode) {
    return new AFSStoreStatus(FsConstants.AFS_SETMODE, 0, 0, 0, mode, 0);
  }

  private void directory(String path) throws IOException {
    fids.put(path, files.client().makeDir(above(path), last(path), mode(0755)).outFid());
  }

  private void file(String path, byte[] octets) throws IOException {
    AFSFid fid = files.client().createFile(above(path), last(path), mode(0644)).outFid();
    fids.put(path, fid);
    data.put(path, octets);
    files.write(fid, 0, octets.length, octets.length, new ByteArrayInputStream(octets));
  }

  private void symlink(String path, String target, int mode) throws IOException {
    fids.put(path, files.client().symlink(above(path), last(path), target, mode(mode)).outFid());
  }

  private void name(String path, String other) throws IOException {
    AFSFid fid = fids.get(path);
    files.client().link(above(other), last(other), fid);
    fids.put(other, fid);
    data.put(other, data.get(path));
  }

  private void remove(String path) throws IOException {
    files.client().removeFile(above(path), last(path));
    fids.remove(path);
    data.remove(path);
  }

  private void move(String path, String to) throws IOException {
    files.client().rename(above(path), last(path), above(to), last(to));
    moveKeys(fids, path, to);
    moveKeys(data, path, to);
  }

  private static <T> void moveKeys(Map<String, T> map, String path, String to) {
    for (String key : map.keySet().toArray(String[]::new)) {
      if (key.equals(path) || key.startsWith(path + "/")) {
        map.put(to + key.substring(path.length()), map.remove(key));
      }
    }
  }

  private void accessList(String path, String text) throws IOException {
    files.client().oldStoreACL(fids.get(path), Octets.ofText(text + "\0"));
  }
}

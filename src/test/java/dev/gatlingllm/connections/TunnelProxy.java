package dev.gatlingllm.connections;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that opens every way to the same server, and keeps the heads of what it was sent. */
final class TunnelProxy implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final URI target;

  TunnelProxy(URI target) throws IOException {
    this.target = target;
    start(
        () -> {
          while (true) {
            Socket client = server.accept();
            start(() -> tunnel(client));
          }
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void start(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException ignored) {
                // One side has closed, or the test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void tunnel(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        return;
      }
      head.write(one);
    }
    heads.add(head.toString(StandardCharsets.ISO_8859_1));
    client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    int first = in.read();
    if (first < 0) {
      return;
    }
    // Only now: a server that speaks first must not be heard together with the proxy.
    Socket there = new Socket(target.getHost(), target.getPort());
    there.getOutputStream().write(first);
    start(() -> copy(there.getInputStream(), client.getOutputStream(), client));
    copy(in, there.getOutputStream(), there);
  }

  private static void copy(InputStream from, OutputStream to, Socket closed) throws IOException {
    try (closed) {
      from.transferTo(to);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/** A bare HTTP/1.1 connection, to see how it ends. */
final class RawConnection implements AutoCloseable {

  private final Socket socket;

  RawConnection(URI uri) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
  }

  void post(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    String head =
        String.format(
            Locale.ROOT,
            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n",
            path,
            bytes.length);
    socket.getOutputStream().write(head.getBytes(UTF_8));
    socket.getOutputStream().write(bytes);
  }

  /** Reads until this text has come. */
  String readUntil(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(UTF_8).contains(end)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended before " + end + " after " + read.toString(UTF_8));
      }
      read.write(next);
    }
    return read.toString(UTF_8);
  }

  /** Reads to the end of the connection. */
  String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

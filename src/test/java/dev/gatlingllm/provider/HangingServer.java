package dev.gatlingllm.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Accepts connections, answers the first bytes with some of its own, and says nothing more. */
public final class HangingServer implements AutoCloseable {

  /** The head of a TLS 1.2 record of 122 bytes, and the beginning of its ServerHello. */
  private static final byte[] HALF_A_HANDSHAKE = {22, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3, 1, 2, 3};

  private final ServerSocket socket;
  private final byte[] answer;
  private final List<Socket> accepted = new ArrayList<>();

  private HangingServer(byte[] answer) throws IOException {
    this.answer = answer;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "hanging-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** One that never answers. */
  public static HangingServer silent() throws IOException {
    return new HangingServer(new byte[0]);
  }

  /** One that begins to shake hands. */
  public static HangingServer halfAHandshake() throws IOException {
    return new HangingServer(HALF_A_HANDSHAKE);
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        synchronized (accepted) {
          accepted.add(connection);
        }
        if (answer.length > 0) {
          InputStream in = connection.getInputStream();
          if (in.read() >= 0) {
            connection.getOutputStream().write(answer);
          }
        }
      }
    } catch (IOException ignored) {
      // closed
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      synchronized (accepted) {
        for (Socket connection : accepted) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.gatlingllm.provider.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that further ones are not answered. */
public final class FullBacklog implements AutoCloseable {

  private static final int MOST_ATTEMPTS = 8;
  private static final int ATTEMPT_MILLIS = 300;

  private final ServerSocket socket;
  private final List<Socket> waiting = new ArrayList<>();

  private FullBacklog(ServerSocket socket) {
    this.socket = socket;
  }

  public static FullBacklog open() throws IOException {
    return new FullBacklog(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
  }

  /** Fills the queue; false if the system goes on answering. */
  public boolean ignoresConnections() throws IOException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Socket client = new Socket();
      waiting.add(client);
      try {
        client.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()),
            ATTEMPT_MILLIS);
      } catch (SocketTimeoutException ignored) {
        // What was to be shown.
        return true;
      }
    }
    return false;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    for (Socket client : waiting) {
      client.close();
    }
    socket.close();
  }
}

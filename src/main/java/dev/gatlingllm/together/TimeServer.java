package dev.gatlingllm.together;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Tells other machines the time of this one: answers SNTP over UDP. An answer is as long as its
 * question, and what is no question gets none.
 */
public final class TimeServer implements AutoCloseable {

  private static final int MOST_BYTES = 1024;

  private final DatagramSocket socket;
  private final Supplier<Instant> wall;
  private final Thread thread;

  private TimeServer(DatagramSocket socket, Supplier<Instant> wall) {
    this.socket = socket;
    this.wall = wall;
    this.thread = new Thread(this::answer, "llm-time");
    thread.setDaemon(true);
  }

  /**
   * Begins to answer.
   *
   * @param port of UDP; 0 for any that is free
   * @throws IOException if the port is taken, or not allowed
   */
  public static TimeServer start(int port) throws IOException {
    return start(port, Instant::now);
  }

  static TimeServer start(int port, Supplier<Instant> wall) throws IOException {
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.bind(new InetSocketAddress(port));
    } catch (SocketException e) {
      socket.close();
      throw e;
    }
    TimeServer server = new TimeServer(socket, wall);
    server.thread.start();
    return server;
  }

  /** The port that it answers on. */
  public int port() {
    return socket.getLocalPort();
  }

  private void answer() {
    DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MOST_BYTES);
        socket.receive(packet);
        Instant received = wall.get();
        if (SntpPacket.isQuestion(packet.getData(), packet.getLength())) {
          byte[] question = Arrays.copyOf(packet.getData(), SntpPacket.BYTES);
          byte[] answer = SntpPacket.answer(question, received, wall.get());
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException ignored) {
        // One answer that cannot be sent is like one that is lost; a closed socket ends the loop.
      }
    }
  }

  /** Waits until it is closed. */
  public void await() throws InterruptedException {
    thread.join();
  }

  @Override
  public void close() {
    socket.close();
  }
}

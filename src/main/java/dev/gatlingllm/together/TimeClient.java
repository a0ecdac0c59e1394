package dev.gatlingllm.together;

import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a time server by SNTP over UDP (RFC 4330). */
final class TimeClient {

  /** Enough that some are quick, and so few that no server minds. */
  private static final int EXCHANGES = 8;

  private static final int PATIENCE_MILLIS = 1_000;
  private static final int LEAST = 3;

  private TimeClient() {}

  /**
   * The clock of the server.
   *
   * @throws IOException saying what went wrong, if it does not answer or contradicts itself
   */
  static ReferenceClock ask(String host, int port, NanoClock clock) throws IOException {
    return ask(host, port, clock, PATIENCE_MILLIS);
  }

  static ReferenceClock ask(String host, int port, NanoClock clock, int patienceMillis)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IOException("the host is not known");
    }
    List<TimeExchange> exchanges = new ArrayList<>();
    SecureRandom random = new SecureRandom();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(patienceMillis);
      socket.connect(address);
      for (int i = 0; i < EXCHANGES && i - exchanges.size() < LEAST; i++) {
        exchange(socket, random.nextLong(), clock).ifPresent(exchanges::add);
      }
    }
    if (exchanges.size() < LEAST) {
      throw new IOException(
          "it answered " + exchanges.size() + " of " + (exchanges.size() + LEAST) + " questions");
    }
    return ReferenceClock.of("ntp://" + host + ":" + port, exchanges)
        .orElseThrow(() -> new IOException("its answers contradict one another"));
  }

  private static Optional<TimeExchange> exchange(
      DatagramSocket socket, long number, NanoClock clock) throws IOException {
    byte[] question = SntpPacket.question(number);
    DatagramPacket answer = new DatagramPacket(new byte[SntpPacket.BYTES], SntpPacket.BYTES);
    try {
      long sent = clock.nanos();
      socket.send(new DatagramPacket(question, question.length));
      long answered;
      do {
        answer.setLength(SntpPacket.BYTES);
        socket.receive(answer);
        answered = clock.nanos();
        // An answer to an earlier question, or from a server that has no time, is waited out.
      } while (!SntpPacket.answers(answer.getData(), answer.getLength(), number));
      return Optional.of(
          new TimeExchange(
              sent,
              SntpPacket.receivedEpochNanos(answer.getData()),
              SntpPacket.sentEpochNanos(answer.getData()),
              answered));
    } catch (SocketTimeoutException lost) {
      return Optional.empty();
    }
  }
}

package dev.gatlingllm.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.timing.NanoClock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeServerTest {

  private static final long TRUE_OFFSET = -7_000_000_000L;

  /** Both clocks are made of the same one, so that the truth is known whatever is slow. */
  private static Instant shifted() {
    long nanos = System.nanoTime() + TRUE_OFFSET;
    return Instant.ofEpochSecond(0, nanos + 1_800_000_000L * 1_000_000_000L);
  }

  @Test
  void theOffsetFromAServerIsRightWithinItsBound() throws IOException {
    try (TimeServer server = TimeServer.start(0, TimeServerTest::shifted)) {
      ReferenceClock found = TimeClient.ask("127.0.0.1", server.port(), NanoClock.SYSTEM);
      long now = System.nanoTime();
      long wrong =
          ReferenceClock.epochNanos(found.at(now))
              - (now + TRUE_OFFSET + 1_800_000_000L * 1_000_000_000L);
      assertThat(Math.abs(wrong)).isLessThanOrEqualTo(found.boundNanos(now));
      assertThat(found.name()).isEqualTo("ntp://127.0.0.1:" + server.port());
    }
  }

  @Test
  void aTimeSurvivesThePacketToTheNanosecondBeforeAndAfter2036() {
    for (String text : new String[] {"2026-01-31T12:00:00.123456789Z", "2040-01-01T00:00:00.5Z"}) {
      Instant time = Instant.parse(text);
      byte[] answer = SntpPacket.answer(SntpPacket.question(9), time, time.plusNanos(1_000));
      assertThat(SntpPacket.answers(answer, answer.length, 9)).isTrue();
      assertThat(SntpPacket.answers(answer, answer.length, 8)).isFalse();
      assertThat(SntpPacket.receivedEpochNanos(answer)).isEqualTo(ReferenceClock.epochNanos(time));
      assertThat(SntpPacket.sentEpochNanos(answer))
          .isEqualTo(ReferenceClock.epochNanos(time) + 1_000);
    }
  }

  @Test
  void whatIsNoQuestionGetsNoAnswer() throws IOException {
    try (TimeServer server = TimeServer.start(0);
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(100);
      socket.connect(InetAddress.getLoopbackAddress(), server.port());
      byte[] answer = SntpPacket.answer(SntpPacket.question(1), Instant.EPOCH, Instant.EPOCH);
      socket.send(new DatagramPacket(answer, answer.length));
      socket.send(new DatagramPacket(new byte[10], 10));
      assertThatThrownBy(() -> socket.receive(new DatagramPacket(new byte[99], 99)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsTold() throws IOException {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> TimeClient.ask("127.0.0.1", silent.getLocalPort(), NanoClock.SYSTEM, 20))
          .isInstanceOf(IOException.class)
          .hasMessage("it answered 0 of 3 questions");
    }
  }
}

package dev.gatlingllm.together;

import java.nio.ByteBuffer;
import java.time.Instant;

/** The fields of an NTP packet that a client of SNTP looks at (RFC 4330, RFC 5905). */
final class SntpPacket {

  static final int BYTES = 48;

  private static final int VERSION = 4;
  private static final int CLIENT = 3;
  private static final int SERVER = 4;
  private static final int ORIGINATE = 24;
  private static final int RECEIVE = 32;
  private static final int TRANSMIT = 40;

  /** From 1900, where NTP's time begins, to 1970. */
  private static final long SECONDS_TO_1970 = 2_208_988_800L;

  /** Seconds of an NTP era; the next begins in 2036. */
  private static final long ERA = 1L << 32;

  private static final long SECOND = 1_000_000_000L;

  /** Of a server that has no better clock than its own: what ntpd calls a local clock. */
  private static final byte LOCAL_STRATUM = 10;

  private static final byte MICROSECOND = -20;
  private static final byte[] LOCAL = {'L', 'O', 'C', 'L'};
  private static final int MOST_STRATUM = 15;

  private SntpPacket() {}

  /** A question that can be told from others by a number. */
  static byte[] question(long number) {
    ByteBuffer packet = ByteBuffer.allocate(BYTES);
    packet.put(0, (byte) (VERSION << 3 | CLIENT));
    packet.putLong(TRANSMIT, number);
    return packet.array();
  }

  static boolean isQuestion(byte[] packet, int length) {
    return length >= BYTES && (packet[0] & 7) == CLIENT;
  }

  /** The answer to a question, by the clock of this machine. */
  static byte[] answer(byte[] question, Instant received, Instant sent) {
    ByteBuffer packet = ByteBuffer.allocate(BYTES);
    int version = question[0] >> 3 & 7;
    packet.put(0, (byte) (version << 3 | SERVER));
    packet.put(1, LOCAL_STRATUM);
    packet.put(3, MICROSECOND);
    packet.put(12, LOCAL);
    packet.putLong(ORIGINATE, ByteBuffer.wrap(question).getLong(TRANSMIT));
    packet.putLong(RECEIVE, timestamp(received));
    packet.putLong(TRANSMIT, timestamp(sent));
    return packet.array();
  }

  /** Whether a packet answers the question of this number with a time that can be used. */
  static boolean answers(byte[] packet, int length, long number) {
    int stratum = length < BYTES ? 0 : packet[1] & 0xff;
    return length >= BYTES
        && (packet[0] & 7) == SERVER
        && stratum > 0
        && stratum <= MOST_STRATUM
        && ByteBuffer.wrap(packet).getLong(ORIGINATE) == number;
  }

  static long receivedEpochNanos(byte[] answer) {
    return epochNanos(ByteBuffer.wrap(answer).getLong(RECEIVE));
  }

  static long sentEpochNanos(byte[] answer) {
    return epochNanos(ByteBuffer.wrap(answer).getLong(TRANSMIT));
  }

  private static long timestamp(Instant instant) {
    long fraction = (long) instant.getNano() * ERA / SECOND;
    return (instant.getEpochSecond() + SECONDS_TO_1970) << 32 | fraction;
  }

  /** Seconds whose highest bit is not set are those of the era that begins in 2036. */
  private static long epochNanos(long timestamp) {
    long seconds = timestamp >>> 32;
    long ofEra = seconds < ERA / 2 ? seconds + ERA : seconds;
    long fraction = timestamp & (ERA - 1);
    return (ofEra - SECONDS_TO_1970) * SECOND + (fraction * SECOND + ERA / 2) / ERA;
  }
}

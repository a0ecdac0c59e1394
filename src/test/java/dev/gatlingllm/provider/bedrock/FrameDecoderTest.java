package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.provider.MalformedAnswerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.eventstream.HeaderValue;

class FrameDecoderTest {

  private static final byte[] TWO_FRAMES =
      Frames.concat(Frames.event("first", "\"grün\""), Frames.event("second", "\"two\""));

  private final List<String> seen = new ArrayList<>();
  private final FrameDecoder decoder = new FrameDecoder(this::keep);

  @Test
  void findsTheFramesWhereverTheBytesAreCut() throws Exception {
    for (int cut = 0; cut <= TWO_FRAMES.length; cut++) {
      seen.clear();
      FrameDecoder fresh = new FrameDecoder(this::keep);
      fresh.feed(ByteBuffer.wrap(TWO_FRAMES, 0, cut));
      fresh.feed(ByteBuffer.wrap(TWO_FRAMES, cut, TWO_FRAMES.length - cut));

      assertThat(seen).as("cut at byte %s", cut).containsExactly("first=grün", "second=two");
      assertThat(fresh.midFrame()).isFalse();
    }
  }

  @Test
  void findsTheFramesInSingleBytes() throws Exception {
    for (int i = 0; i < TWO_FRAMES.length; i++) {
      decoder.feed(ByteBuffer.wrap(TWO_FRAMES, i, 1).slice());
    }

    assertThat(seen).containsExactly("first=grün", "second=two");
  }

  @Test
  void readsBuffersThatAreNoArrays() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(TWO_FRAMES.length);
    direct.put(TWO_FRAMES).flip();

    decoder.feed(direct);

    assertThat(seen).containsExactly("first=grün", "second=two");
  }

  @Test
  void knowsWhenAFrameIsIncomplete() throws Exception {
    decoder.feed(ByteBuffer.wrap(TWO_FRAMES, 0, 5));
    assertThat(decoder.midFrame()).isTrue();

    decoder.feed(ByteBuffer.wrap(TWO_FRAMES, 5, TWO_FRAMES.length - 5));
    assertThat(decoder.midFrame()).isFalse();
  }

  @Test
  void refusesEverySingleFlippedBit() {
    byte[] frame = Frames.event("first", "\"one\"");
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> new FrameDecoder(this::keep).feed(ByteBuffer.wrap(flipped)))
          .as("bit %s", bit)
          .isInstanceOf(MalformedAnswerException.class)
          .hasMessageStartingWith("the checksum of a ");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesGarbageAsSoonAsItsLengthsAreThere() {
    byte[] prelude = Arrays.copyOf("<html><body>".getBytes(StandardCharsets.UTF_8), 12);

    assertThatThrownBy(() -> decoder.feed(ByteBuffer.wrap(prelude)))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessage("the checksum of a prelude does not match");
  }

  @Test
  void refusesLengthsThatCannotBe() {
    assertThatThrownBy(() -> decoder.feed(prelude(15, 0)))
        .hasMessage("impossible lengths: frame 15, headers 0");
    assertThatThrownBy(() -> decoder.feed(prelude(100, 85)))
        .hasMessage("impossible lengths: frame 100, headers 85");
    assertThatThrownBy(() -> decoder.feed(prelude(100, -1)))
        .hasMessage("impossible lengths: frame 100, headers -1");
    assertThatThrownBy(() -> decoder.feed(prelude(1 << 30, 0)))
        .hasMessage("impossible lengths: frame 1073741824, headers 0");
  }

  @Test
  void stepsOverHeadersOfEveryType() throws Exception {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put("true", HeaderValue.fromBoolean(true));
    headers.put("false", HeaderValue.fromBoolean(false));
    headers.put("int", HeaderValue.fromInteger(3));
    headers.put("long", HeaderValue.fromLong(4));
    headers.put("bytes", HeaderValue.fromByteArray(new byte[300]));
    headers.put("time", HeaderValue.fromTimestamp(Instant.EPOCH));
    headers.put("uuid", HeaderValue.fromUuid(new UUID(1, 2)));
    headers.put(":event-type", HeaderValue.fromString("last"));

    decoder.feed(ByteBuffer.wrap(Frames.encoded(headers, "\"x\"")));

    assertThat(seen).containsExactly("last=x");
  }

  @Test
  void stepsOverBytesAndShortsWhichTheEncoderOfAwsLeavesEmpty() throws Exception {
    char[] byteShortAndString = {'a', 2, 'x', 1, 'b', 3, 'y', 'z', 1, 'c', 7, 0, 2, 'O', 'K'};

    assertThat(headerOf("c", (byte) 1, byteShortAndString)).isEqualTo("OK");
    assertThat(headerOf("d", (byte) 1, byteShortAndString)).isEmpty();
  }

  @Test
  void refusesHeadersThatDoNotFit() {
    assertThatThrownBy(() -> headerOf((byte) 3, 'a', 'b'))
        .hasMessage("a header's name does not fit in its frame");
    assertThatThrownBy(() -> headerOf((byte) 0))
        .hasMessage("a header's name does not fit in its frame");
    assertThatThrownBy(() -> headerOf((byte) 1, 'a', (char) 7, (char) 0))
        .hasMessage("a header's length does not fit in its frame");
    assertThatThrownBy(() -> headerOf((byte) 1, 'a', (char) 7, (char) 0, (char) 9, 'x'))
        .hasMessage("a header's value does not fit in its frame");
    assertThatThrownBy(() -> headerOf((byte) 1, 'a', (char) 10))
        .hasMessage("unknown type of header: 10");
  }

  private static String headerOf(byte nameLength, char... rest) {
    return headerOf(":event-type", nameLength, rest);
  }

  private static String headerOf(String name, byte nameLength, char... rest) {
    byte[] bytes = new byte[rest.length + 1];
    bytes[0] = nameLength;
    for (int i = 0; i < rest.length; i++) {
      bytes[i + 1] = (byte) rest[i];
    }
    return new Frame(bytes, 0, bytes.length, bytes.length).header(name);
  }

  private static ByteBuffer prelude(int length, int headers) {
    ByteBuffer prelude = ByteBuffer.allocate(12).putInt(length).putInt(headers);
    CRC32 crc = new CRC32();
    crc.update(prelude.array(), 0, 8);
    return prelude.putInt((int) crc.getValue()).flip();
  }

  private void keep(Frame frame) {
    try (JsonParser payload = frame.payload(new JsonFactory())) {
      assertThat(payload.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
      seen.add(frame.header(":event-type") + "=" + payload.getText());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}

package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {

  private static final String EVERYTHING =
      "\uFEFF: a comment first\n\n"
          + "data: plain\n\n"
          + "data:no space\r\n\r\n"
          + "data:  two spaces\r\r"
          + "event: message\nid: 7\nretry: 100\ndata: with fields\n\n"
          + "data: line 1\r\ndata\r\ndata: line 3\r\n\r\n"
          + "data: é € 😀 \u00a0\n\n"
          + "database: not data\n\n"
          + "dat: not data either\n\n"
          + ":data: in a comment\n\n"
          + "data: a:b: c\n\n\n\n"
          + "data:\n\n"
          + "data: [DONE]\n\n";

  private static final List<String> EVENTS_OF_EVERYTHING =
      List.of(
          "plain",
          "no space",
          " two spaces",
          "with fields",
          "line 1\n\nline 3",
          "é € 😀 \u00a0",
          "a:b: c",
          "",
          "[DONE]");

  private final List<String> events = new ArrayList<>();
  private final SseDecoder decoder =
      new SseDecoder((bytes, from, length) -> events.add(new String(bytes, from, length, UTF_8)));

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    decoder.feed(bytes, 0, bytes.length);
  }

  @Test
  void readsEveryFormOfLineAndField() {
    feed(EVERYTHING);

    assertThat(events).isEqualTo(EVENTS_OF_EVERYTHING);
  }

  @Test
  void readsTheSameEventsOneByteAtATime() {
    byte[] bytes = EVERYTHING.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      decoder.feed(bytes, i, 1);
    }

    assertThat(events).isEqualTo(EVENTS_OF_EVERYTHING);
  }

  @Test
  void readsTheSameEventsWhereverTheStreamIsSplit() {
    byte[] bytes = EVERYTHING.getBytes(UTF_8);
    Random random = new Random(20240611);
    for (int run = 0; run < 5000; run++) {
      List<String> heard = new ArrayList<>();
      SseDecoder fresh =
          new SseDecoder((b, from, length) -> heard.add(new String(b, from, length, UTF_8)));
      int longest = 1 + random.nextInt(40);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, random.nextInt(longest + 1));
        feedInOneForm(fresh, bytes, at, length, random.nextInt(3));
        at += length;
      }
      assertThat(heard).as("run " + run).isEqualTo(EVENTS_OF_EVERYTHING);
    }
  }

  private static void feedInOneForm(
      SseDecoder decoder, byte[] bytes, int at, int length, int form) {
    switch (form) {
      case 0 -> decoder.feed(bytes, at, length);
      case 1 -> {
        ByteBuffer direct = ByteBuffer.allocateDirect(length).put(bytes, at, length).flip();
        decoder.feed(direct);
      }
      default -> decoder.feed(ByteBuffer.wrap(bytes, at, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsRandomEventsWithEveryLineEnd(String lineEnd) {
    Random random = new Random(7);
    for (int run = 0; run < 1000; run++) {
      List<String> heard = new ArrayList<>();
      SseDecoder fresh =
          new SseDecoder((b, from, length) -> heard.add(new String(b, from, length, UTF_8)));
      List<String> sent = new ArrayList<>();
      StringBuilder stream = new StringBuilder();
      for (int event = 0; event < 5; event++) {
        String data = randomText(random);
        sent.add(data);
        stream.append("data: ").append(data).append(lineEnd).append(lineEnd);
      }
      byte[] bytes = stream.toString().getBytes(UTF_8);
      int split = random.nextInt(bytes.length + 1);
      fresh.feed(bytes, 0, split);
      fresh.feed(bytes, split, bytes.length - split);
      assertThat(heard).as("run " + run).isEqualTo(sent);
    }
  }

  private static String randomText(Random random) {
    int[] letters = {'a', ':', ' ', '"', '{', 0xe9, 0x20ac, 0x1f600, 0x10ffff, 0x7f};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  @Test
  void keepsAnEventBackUntilItsEmptyLine() {
    feed("data: a\n");
    assertThat(events).isEmpty();

    feed("\n");
    assertThat(events).containsExactly("a");
  }

  @Test
  void doesNotTakeTheLineFeedAfterACarriageReturnForAnEmptyLine() {
    feed("data: a\r");
    feed("\ndata: b\r");
    feed("\n\r\n");

    assertThat(events).containsExactly("a\nb");
  }

  @Test
  void takesAnUnfinishedEventAsFinishedAtTheEnd() {
    feed("data: a\n\ndata: b");
    decoder.end();

    assertThat(events).containsExactly("a", "b");
  }

  @Test
  void hasNothingToTellAtTheEndOfAFinishedStream() {
    feed("data: a\n\n");
    decoder.end();

    assertThat(events).containsExactly("a");
  }

  @Test
  void leavesThePositionOfABufferWhereItWas() {
    ByteBuffer buffer = ByteBuffer.wrap("xxdata: a\n\n".getBytes(UTF_8)).position(2);

    decoder.feed(buffer);

    assertThat(buffer.position()).isEqualTo(2);
    assertThat(events).containsExactly("a");
  }

  @Test
  void theNameOfAnEventIsKnownWhileItIsHeardAndNoLonger() {
    List<String> names = new ArrayList<>();
    SseDecoder[] named = new SseDecoder[1];
    named[0] = new SseDecoder((bytes, from, length) -> names.add(named[0].name()));
    String stream =
        """
        event: first
        data: 1

        data: 2

        event:third

        data: 3
        event: é

        event
        data: 4

        eventx: 5
        data: 5

        """;
    for (byte b : stream.getBytes(UTF_8)) {
      named[0].feed(new byte[] {b}, 0, 1);
    }

    assertThat(names).containsExactly("first", "", "é", "", "");
    assertThat(named[0].name()).isEmpty();
  }

  @Test
  void ofALongNameTheBeginningIsKept() {
    feed("event: " + "n".repeat(100) + "\n");

    assertThat(decoder.name()).isEqualTo("n".repeat(64));
  }

  @Test
  void anObjectOrAnErrorBesideTheFieldsIsHandedOverAndEndsNoEvent() {
    List<String> heard = new ArrayList<>();
    SseDecoder.Sink sink =
        new SseDecoder.Sink() {
          @Override
          public void event(byte[] bytes, int offset, int length) {
            heard.add("event " + new String(bytes, offset, length, UTF_8));
          }

          @Override
          public void strayObject(byte[] bytes, int offset, int length) {
            heard.add("stray " + new String(bytes, offset, length, UTF_8));
          }
        };
    SseDecoder decoder = new SseDecoder(sink);
    byte[] bytes = "data: a\n{\"b\":1}\ndata: c\n\nerror: {\"e\":1}\n{\"d\":2}".getBytes(UTF_8);
    decoder.feed(bytes, 0, bytes.length);
    decoder.end();

    assertThat(heard)
        .containsExactly("stray {\"b\":1}", "event a\nc", "stray {\"e\":1}", "stray {\"d\":2}");
  }

  @Test
  void acceptsALineAsLongAsTheLimit() {
    SseDecoder small =
        new SseDecoder(
            16, (bytes, from, length) -> events.add(new String(bytes, from, length, UTF_8)));
    byte[] bytes = "data: 0123456789\n\n".getBytes(UTF_8);

    small.feed(bytes, 0, bytes.length);

    assertThat(events).containsExactly("0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: 0123456789a\n",
        "data: 0123456789a",
        ": 3456789012345",
        "data: 0123456789ab"
      })
  void refusesALongerLine(String text) {
    SseDecoder small = new SseDecoder(16, (bytes, from, length) -> {});
    byte[] bytes = (text + "xxxxxx").getBytes(UTF_8);

    assertThatThrownBy(() -> small.feed(bytes, 0, bytes.length))
        .hasMessage("line of the stream exceeds 16 bytes; llm.limit.eventBytes raises the limit");
  }

  @Test
  void refusesALongerLineThatComesInPieces() {
    SseDecoder small = new SseDecoder(16, (bytes, from, length) -> {});
    byte[] bytes = "data: 012".getBytes(UTF_8);
    small.feed(bytes, 0, bytes.length);

    assertThatThrownBy(() -> small.feed(bytes, 0, bytes.length))
        .hasMessage("line of the stream exceeds 16 bytes; llm.limit.eventBytes raises the limit");
  }

  @Test
  void refusesAnEventOfManyLinesThatIsLongerThanTheLimit() {
    SseDecoder small = new SseDecoder(16, (bytes, from, length) -> {});
    byte[] bytes = "data: 012345678\ndata: 0123456\n".getBytes(UTF_8);

    assertThatThrownBy(() -> small.feed(bytes, 0, bytes.length))
        .hasMessage("event of the stream exceeds 16 bytes; llm.limit.eventBytes raises the limit");
  }

  @Test
  void refusesALimitThatNothingFitsIn() {
    assertThatThrownBy(() -> new SseDecoder(0, (bytes, from, length) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limitBytes must be >= 1, was 0");
  }
}

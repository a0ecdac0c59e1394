package dev.gatlingllm.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineInterChunksTest {

  private static final String LINE =
      "{\"schemaVersion\":1,\"id\":7,\"name\":\"chat\",\"streaming\":true,"
          + "\"outcome\":\"succeeded\",\"arrivalNanos\":5,\"endNanos\":6,\"chunks\":0";

  @Test
  void theNumbersAreTakenOutAndAnEmptyArrayStaysBehind() {
    LineInterChunks gaps =
        in("{\"a\":[3],\"interChunkMicros\":[0,10,999999999999999999,1],\"b\":[4]}");

    assertThat(new String(gaps.rest(), UTF_8))
        .isEqualTo("{\"a\":[3],\"interChunkMicros\":[],\"b\":[4]}");
    assertThat(gaps.micros()).containsExactly(0L, 10L, 999_999_999_999_999_999L, 1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"interChunkMicros\":[]}",
        "{\"interChunkMicros\":[1, 2]}",
        "{\"interChunkMicros\":[1,]}",
        "{\"interChunkMicros\":[01,2]}",
        "{\"interChunkMicros\":[-1,2]}",
        "{\"interChunkMicros\":[1.5,2]}",
        "{\"interChunkMicros\":[1000000000000000000,2]}",
        "{\"interChunkMicros\":[1,2",
        "{\"interChunkMicros\":\"x\"}",
        "{\"error\":\"\\\"interChunkMicros\\\":[1,2]\"}"
      })
  void whatIsNotPlainIsLeftToTheParser(String line) {
    assertThat(LineInterChunks.in(line.getBytes(UTF_8))).isEqualTo(Optional.empty());
  }

  @Test
  void aRecordHasItsInterChunkLatenciesHoweverTheyAreWritten() {
    assertThat(gapsOf(LINE + ",\"interChunkMicros\":[10,3]}")).containsExactly(10L, 3L);
    assertThat(gapsOf(LINE + ",\"interChunkMicros\" : [10, 3] }")).containsExactly(10L, 3L);
    assertThat(
            gapsOf(LINE + ",\"later\":{\"interChunkMicros\":[1,1]},\"interChunkMicros\":[10,3]}"))
        .containsExactly(10L, 3L);
    assertThat(
            gapsOf(LINE + ",\"interChunkMicros\":[10,3],\"later\":{\"interChunkMicros\":[1,1]}}"))
        .containsExactly(10L, 3L);
    assertThat(gapsOf(LINE + ",\"later\":{\"interChunkMicros\":[1,1]}}")).isEmpty();
    assertThat(gapsOf(LINE + "}")).isEmpty();
  }

  @Test
  void anErrorBehindTheInterChunkLatenciesHasItsPlaceInTheLine() {
    String line = LINE + ",\"interChunkMicros\":[10,3],}";

    assertThatThrownBy(() -> CallRecordCodec.decode(line.getBytes(UTF_8)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage("is not valid JSON at column " + line.length());
  }

  @Test
  void interChunkLatenciesThatAreNoPairsAreRefused() {
    assertThatThrownBy(
            () ->
                CallRecordCodec.decode((LINE + ",\"interChunkMicros\":[10,3,4]}").getBytes(UTF_8)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage("field interChunkMicros must hold pairs of value and count, had 3 numbers");
  }

  private static LineInterChunks in(String line) {
    return LineInterChunks.in(line.getBytes(UTF_8)).orElseThrow();
  }

  private static List<Long> gapsOf(String line) {
    return CallRecordCodec.decode(line.getBytes(UTF_8)).interChunks().micros();
  }
}

package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.CallRecordReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallRecordReaderTest {

  private static final String LINE =
      "{\"schemaVersion\":1,\"id\":%d,\"name\":\"chat\",\"streaming\":true,"
          + "\"outcome\":\"succeeded\",\"arrivalNanos\":5,\"endNanos\":6,\"chunks\":0}";

  @TempDir private Path folder;

  @Test
  void recordsComeInTheOrderOfTheFile() throws IOException {
    assertThat(ids(line(3) + "\n" + line(1) + "\n")).containsExactly(3L, 1L);
  }

  @Test
  void anEmptyFileHasNoRecords() throws IOException {
    assertThat(read("")).isEqualTo(new Reading(0, 0));
  }

  @Test
  void aCompleteLastLineNeedsNoLineFeed() throws IOException {
    assertThat(read(line(1) + "\n" + line(2))).isEqualTo(new Reading(2, 0));
  }

  @Test
  void aCutLastLineIsCounted() throws IOException {
    assertThat(read(line(1) + "\n" + line(2).substring(0, 40))).isEqualTo(new Reading(1, 1));
  }

  @Test
  void aBadLineBeforeTheEndIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> read(line(1) + "\n" + line(2).substring(0, 40) + "\n" + line(3)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContainingAll("calls.jsonl, line 2", "not valid JSON");
  }

  @Test
  void linesLongerThanTheBufferAreWhole() throws IOException {
    String detail = "\"errorDetail\":\"" + "x".repeat(200_000) + "\",\"chunks\"";
    assertThat(ids(line(1).replace("\"chunks\"", detail) + "\n" + line(2) + "\n"))
        .containsExactly(1L, 2L);
  }

  @Test
  void recordsOfManyBlocksComeInTheOrderOfTheFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(line(i)).append('\n');
    }
    assertThat(text.length()).isGreaterThan(9 * LineBlocks.BLOCK_BYTES);
    assertThat(ids(text.toString()))
        .containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
  }

  @Test
  void whatIsBeforeABadLineIsHandedOver() throws IOException {
    List<Long> ids = new ArrayList<>();
    Path file = file((line(7) + "\n").repeat(9000) + "{}\n" + line(8) + "\n");
    assertThatThrownBy(() -> CallRecordReader.read(file, call -> ids.add(call.id())))
        .hasMessageContaining("calls.jsonl, line 9001");
    assertThat(ids).hasSize(9000).containsOnly(7L);
  }

  @Test
  void aFailureOfWhoeverTakesTheRecordsIsTheirs() {
    assertThatThrownBy(
            () ->
                CallRecordReader.read(
                    file((line(7) + "\n").repeat(9000)),
                    call -> {
                      throw new IllegalStateException("no room");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room");
  }

  private static String line(long id) {
    return LINE.replace("%d", Long.toString(id));
  }

  private Reading read(String text) throws IOException {
    return CallRecordReader.read(file(text), call -> {});
  }

  private List<Long> ids(String text) throws IOException {
    List<Long> ids = new ArrayList<>();
    CallRecordReader.read(file(text), call -> ids.add(call.id()));
    return ids;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("calls.jsonl"), text);
  }
}

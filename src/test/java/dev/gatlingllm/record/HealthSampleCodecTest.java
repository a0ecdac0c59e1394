package dev.gatlingllm.record;

import static dev.gatlingllm.record.HealthFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthSampleCodecTest {

  private static final HealthSample FULL =
      sample()
          .from(250)
          .lasting(1_000)
          .loopDelayMicros(0, 12, 4_000)
          .pauses(2, 7, 9)
          .busy(0.25, 0.9999)
          .descriptors(200, 256)
          .inFlight(3)
          .scheduleDelayMicros(800)
          .heldMicros(70_000)
          .dropped(1)
          .heldTooLong(2)
          .backlogMicros(3, 4)
          .records(5, 65_536, 6)
          .lateEvents(7)
          .make();

  private static HealthSample decoded(String line) {
    return HealthSampleCodec.decode(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(HealthSample sample) {
    return new String(HealthSampleCodec.encode(sample), StandardCharsets.UTF_8);
  }

  @Test
  void aSampleIsThisLineAndBackAgain() {
    String line =
        "{\"schemaVersion\":2,\"fromNanos\":250,\"atNanos\":1250,"
            + "\"loopDelayMicros\":[0,1,12,1,4000,1],"
            + "\"gcPauses\":2,\"gcLongestNanos\":7000000,\"gcTotalNanos\":9000000,"
            + "\"processCpu\":0.25,\"machineCpu\":0.9999,\"heapUsedBytes\":104857600,"
            + "\"descriptorsOpen\":200,\"descriptorsMost\":256,"
            + "\"inFlight\":3,\"scheduleDelayMicros\":[800,1],\"heldMicros\":[70000,1],\"dropped\":1,"
            + "\"heldTooLong\":2,\"backlogMicros\":[3,1,4,1],\"recordsQueued\":5,"
            + "\"recordsCapacity\":65536,\"recordsLost\":6,\"lateEvents\":7}\n";
    assertThat(encoded(FULL)).isEqualTo(line);
    assertThat(decoded(line)).isEqualTo(FULL);
  }

  @Test
  void aLineOfSchemaVersion1IsRead() {
    String line =
        encoded(FULL)
            .replace("\"schemaVersion\":2", "\"schemaVersion\":1")
            .replace("scheduleDelayMicros", "lagMicros")
            .replace("\"dropped\"", "\"missed\"");
    assertThat(decoded(line)).isEqualTo(FULL);
  }

  @Test
  void whatWasNotMeasuredIsAbsentInTheLineAndAfterReading() {
    HealthSample empty = sample().make();
    assertThat(encoded(empty)).doesNotContain("Cpu", "Micros", "descriptors");
    assertThat(decoded(encoded(empty))).isEqualTo(empty);
  }

  @Test
  void fieldsOfALaterReleaseAreSkipped() {
    assertThat(decoded(encoded(FULL).replace("\"dropped\"", "\"new\":{\"a\":[1]},\"dropped\"")))
        .isEqualTo(FULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\":2|\"schemaVersion\":3|has schemaVersion 3; this release of gatling-llm"
            + " reads 1 to 2, so use the release that wrote it",
        "\"schemaVersion\":2,||does not begin with schemaVersion",
        "\"dropped\":1,||has no field dropped",
        "\"dropped\":1|\"dropped\":\"one\"|field dropped must be a whole number",
        "[800,1]|[800]|field scheduleDelayMicros must hold pairs of value and count, had 1 numbers",
        "[3,1,4,1]|[4,1,3,1]|field backlogMicros must hold ascending values from 0 with counts"
            + " from 1, had 3, 1",
        "\"atNanos\":1250|\"atNanos\":0|atNanos must be >= fromNanos, was 0 and 250",
      })
  void aLineThatIsNoSampleIsRefusedWithWhatIsWrong(String part, String wrong, String message) {
    String line = encoded(FULL).replace(part, wrong == null ? "" : wrong);
    assertThatThrownBy(() -> decoded(line))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage(message);
  }

  @Test
  void aKilledRunKeepsEverySampleButTheCutOne(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("health.jsonl");
    try (HealthWriter writer = new HealthWriter(file)) {
      writer.write(sample().number(0).make());
      writer.write(sample().number(1).make());
    }
    Files.writeString(file, "{\"schemaVersion\":1,\"from", StandardOpenOption.APPEND);
    List<HealthSample> read = new ArrayList<>();
    CallRecordReader.Reading reading = HealthSampleReader.read(file, read::add);
    assertThat(read).containsExactly(sample().number(0).make(), sample().number(1).make());
    assertThat(reading.cutLines()).isEqualTo(1);
  }

  @Test
  void aBadLineInTheMiddleIsAnErrorWithItsPlace(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("health.jsonl");
    Files.writeString(file, encoded(FULL) + "{}\n" + encoded(FULL));
    assertThatThrownBy(() -> HealthSampleReader.read(file, sample -> {}))
        .isInstanceOf(RecordFormatException.class)
        .hasMessage(file + ", line 2: does not begin with schemaVersion");
  }
}

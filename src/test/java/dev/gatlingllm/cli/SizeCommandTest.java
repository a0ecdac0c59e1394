package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CapacityResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeCommandTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void unitsAreTheUsersCallsDividedByWhatOneCarriesRoundedUp() {
    assertThat(
            size("--users 10000 --active 0.1 --interactions 2 --unit-calls 14 --spare 1").lines())
        .contains(
            "2000 calls / (1 h x 60 min) = 33.33 calls/min; with 10 % margin 36.67 calls/min",
            "one unit carries 14 calls/min (as given)",
            "36.67 / 14 calls/min = 2.62 -> 3",
            "units: 4 with 1 to spare; 3 run at 87 % of what they carry");
  }

  @Test
  void aWholeNumberOfUnitsIsNotRoundedUp() {
    assertThat(size("--users 60 --margin 0 --unit-calls 0.5").lines())
        .contains("1 / 0.5 calls/min = 2 -> 2", "units: 2; 2 run at 100 % of what they carry");
  }

  @Test
  void tokensDecideWhereTheyTakeMoreUnitsThanCalls() {
    assertThat(
            size("--users 6000 --margin 0 --context 4500 --output 500 --unit-calls 100"
                    + " --unit-tokens 100000")
                .lines())
        .contains(
            "500000 tokens/min (450000 input, 50000 output)",
            "100 / 100 calls/min = 1 -> 1",
            "500000 / 100000 tokens/min = 5 -> 5",
            "units: 5; 5 run at 100 % of what they carry",
            "mind: your calls have 5000 tokens, those of the measurement 1000; neither calls nor"
                + " tokens carry over exactly, so measure with your sizes");
  }

  @Test
  void theDemandOfATraceIsItsBusiestMinute() throws IOException {
    Path trace = folder.resolve("trace.csv");
    List<String> rows = new ArrayList<>(List.of("TIMESTAMP,ContextTokens,GeneratedTokens"));
    rows.add("2024-05-10 00:00:00.0,100,10");
    rows.add("2024-05-10 00:02:50.0,1000,100");
    rows.add("2024-05-10 00:03:10.0,1000,100");
    rows.add("2024-05-10 00:03:40.0,1000,100");
    Files.write(trace, rows);
    assertThat(size("--margin 0 --unit-calls 2 --trace " + trace).lines())
        .contains(
            "trace: 4 calls (azure); the busiest 60 s with 0 % margin: 3 calls/min",
            "3300 tokens/min (3000 input, 300 output)", "3 / 2 calls/min = 1.5 -> 2");
  }

  @Test
  void aQuotaThatDoesNotFitIsToldWithItsFactor() {
    assertThat(
            size("--users 60000 --margin 0 --context 1000 --output 200 --quota-tokens 450000"
                    + " --quota-calls 1000")
                .lines())
        .contains(
            "quota: 1000 of 1000 calls/min (100 %): it fits",
            "quota: 1200000 of 450000 tokens/min (267 %): 2.67 times the quota; expect throttling"
                + " (429)");
  }

  @Test
  void theUnitsOfASearchComeWithTheRangeOfItsInterval() throws IOException {
    search(false, "limit", "llm.slo.ttft.p95", OptionalDouble.of(480));
    assertThat(size("--users 60000 --margin 0 --measured " + folder).lines())
        .contains(
            "one unit carries 480 calls/min of 96000 tokens/min (measured, limited by"
                + " llm.slo.ttft.p95)",
            "1000 / 480 calls/min = 2.08 -> 3",
            "for the calls, the interval of the measurement gives 2 to 3");
  }

  @Test
  void aSearchThatTheClientLimitedCarriesAtLeastWhatItFound() throws IOException {
    search(true, "client", "", OptionalDouble.of(8));
    assertThat(size("--users 60000 --margin 0 --measured " + folder).lines())
        .contains(
            "one unit carries at least 470 calls/min of 96000 tokens/min (measured, limited by"
                + " client, with 8 clients)");
  }

  @Test
  void aRunThatSearchedOrFoundNothingIsRefused() throws IOException {
    refused(
        "--users 5 --measured " + folder, "has no capacity.json: --measured names the run of a");
    search(false, "everything", "llm.slo.ttft.p95", OptionalDouble.empty());
    refused("--users 5 --measured " + folder, "found no load at which every limit held");
    refused("--users 5 --unit-calls 3 --measured " + folder, "are two measurements: give one");
  }

  private void search(boolean clients, String limitedBy, String limit, OptionalDouble load)
      throws IOException {
    OptionalDouble rate = load.isPresent() ? OptionalDouble.of(470) : OptionalDouble.empty();
    CapacityResult result =
        new CapacityResult(
            true,
            true,
            clients,
            limitedBy,
            limit,
            "",
            load,
            load.isPresent() ? OptionalDouble.of(460) : load,
            load.isPresent() ? OptionalDouble.of(510) : load,
            load,
            rate,
            load.isPresent() ? OptionalDouble.of(96_000) : load,
            OptionalDouble.empty(),
            5,
            3000,
            600_000,
            400,
            List.of());
    Files.writeString(folder.resolve("capacity.json"), result.format());
  }

  @Test
  void whatIsMissingOrImpossibleIsRefusedByItsName() {
    refused("--unit-calls 5", "size: the load is missing: give --users=N or --trace=FILE");
    refused("--users 5 --trace x --unit-calls 5", "--trace and --users are two loads: give one");
    refused("--users 5", "nothing to size against: give --measured, --unit-calls");
    refused("--users 5 --unit-calls 0", "--unit-calls must be > 0 per minute, was 0");
    refused("--users 5 --unit-tokens 9", "--unit-tokens needs --unit-calls");
    refused("--users 5 --quota-tokens 9", "--quota-tokens needs the tokens of a call");
    refused("--users 5 --quota-calls -1", "--quota-calls must be > 0 calls per minute, was -1");
    refused("--users 5 --unit-calls 5 --output 5", "--output needs --context");
    refused("--unit-calls 5 --trace nowhere.csv", "nowhere.csv");
  }

  private String size(String line) {
    assertThat(run(line)).as(err.toString(UTF_8)).isZero();
    return out.toString(UTF_8);
  }

  private void refused(String line, String reason) {
    err.reset();
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains(reason);
  }

  private int run(String line) {
    List<String> words = new ArrayList<>(List.of("size"));
    words.addAll(List.of(line.split(" ")));
    return Commands.run(
        words,
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}

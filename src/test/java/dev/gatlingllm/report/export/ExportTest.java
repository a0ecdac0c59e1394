package dev.gatlingllm.report.export;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.cost.CallCostTally;
import dev.gatlingllm.cost.CostTally;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {

  /** LLMeter's reader passes every field to a constructor that refuses any other. */
  private static final Set<String> LLMETER_RESPONSE =
      Set.of(
          "response_text",
          "input_payload",
          "id",
          "input_prompt",
          "time_to_first_token",
          "time_to_last_token",
          "num_tokens_input",
          "num_tokens_output",
          "num_tokens_input_cached",
          "num_tokens_output_reasoning",
          "time_per_output_token",
          "error",
          "retries",
          "request_time");

  /** The same of its summary; the first three must be there. */
  private static final Set<String> LLMETER_SUMMARY =
      Set.of(
          "total_requests",
          "clients",
          "n_requests",
          "total_test_time",
          "model_id",
          "output_path",
          "endpoint_name",
          "provider",
          "run_name",
          "run_description",
          "start_time",
          "end_time");

  private static final String BEDROCK_SUMMARY =
      "model,region,inference_profile,sample_size,TTFT_mean,TTFT_p50,TTFT_p90,TTFT_std,"
          + "avg_input_tokens,avg_output_tokens,total_time_mean,total_time_p50,total_time_p90,"
          + "OTPS_mean,OTPS_p50,OTPS_p90,OTPS_std";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temp;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void everyLineOfResponsesHasTheFieldsThatLlmetersReaderTakesAndNoOther() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(export(run, "llmeter")).isZero();
    List<JsonNode> lines = lines(run.resolve("export/llmeter/responses.jsonl"));
    assertThat(lines)
        .hasSize(155)
        .allSatisfy(line -> assertThat(fields(line)).isEqualTo(LLMETER_RESPONSE));
    assertThat(fields(JSON.readTree(run.resolve("export/llmeter/summary.json").toFile())))
        .isEqualTo(LLMETER_SUMMARY);
  }

  @Test
  void aCallThatFailedHasAnErrorAndNoLatency() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    export(run, "llmeter");
    List<JsonNode> failed =
        lines(run.resolve("export/llmeter/responses.jsonl")).stream()
            .filter(line -> !line.get("error").isNull())
            .toList();
    assertThat(failed).hasSize(5);
    assertThat(failed)
        .allSatisfy(
            line -> {
              assertThat(line.get("time_to_first_token").isNull()).isTrue();
              assertThat(line.get("time_to_last_token").isNull()).isTrue();
            });
    assertThat(failed.get(0).get("retries").asInt()).isEqualTo(1);
  }

  @Test
  void ratesAreOfTheWholeTestTimeAndTheSameWhenComputedFromTheResponsesAgain() throws IOException {
    // Ten clients with one call of 50 ms each.
    List<CallRecord> calls =
        IntStream.range(0, 10)
            .mapToObj(i -> call().id(i).from(i, i + 50).tokens(10, 5).record())
            .toList();
    SampleRuns.write(temp, calls);
    export(temp, "llmeter");
    JsonNode stats = JSON.readTree(temp.resolve("export/llmeter/stats.json").toFile());
    JsonNode summary = JSON.readTree(temp.resolve("export/llmeter/summary.json").toFile());
    double again =
        summary.get("total_requests").asInt() / summary.get("total_test_time").asDouble() * 60;
    assertThat(stats.get("requests_per_minute").asDouble()).isBetween(again - 1e-6, again + 1e-6);
    assertThat(again).isBetween(10_169.4, 10_169.5);
    assertThat(stats.get("time_to_last_token-p99").isNumber()).isTrue();
  }

  @Test
  void eachLevelOfALadderIsAResultOfItsOwn() throws IOException {
    SampleRuns.write(
        temp,
        List.of(
            call().id(0).name("chat", "1 client").record(),
            call().id(1).name("chat", "16 clients").record(),
            call().id(2).name("chat", "16 clients").record()));
    export(temp, "llmeter");
    Path out = temp.resolve("export/llmeter");
    assertThat(lines(out.resolve("00001-clients/responses.jsonl"))).hasSize(1);
    assertThat(lines(out.resolve("00016-clients/responses.jsonl"))).hasSize(2);
    assertThat(JSON.readTree(out.resolve("00016-clients/summary.json").toFile()).get("clients"))
        .isEqualTo(JSON.readTree("16"));
  }

  @Test
  void callsThatAnotherDeploymentTookOverAreAResultOfTheirOwn() throws IOException {
    SampleRuns.write(
        temp,
        List.of(
            call().id(0).name("chat", "16 clients").record(),
            call().id(1).name("chat", "16 clients").spilledTo("standard").record(),
            call().id(2).name("chat").spilledTo("standard").record()));
    export(temp, "llmeter");
    Path out = temp.resolve("export/llmeter");
    assertThat(lines(out.resolve("responses.jsonl"))).hasSize(1);
    assertThat(lines(out.resolve("00016-clients/responses.jsonl"))).hasSize(1);
    assertThat(lines(out.resolve("spilled-over/responses.jsonl"))).hasSize(2);
    assertThat(JSON.readTree(out.resolve("summary.json").toFile()).get("total_requests"))
        .isEqualTo(JSON.readTree("1"));
  }

  @Test
  void theSummaryBeginsWithTheFrameworksColumnsAndHasTheDecodeRateBesideItsOwn()
      throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(
          call()
              .id(i)
              .name("chat", "nova | us-east-2 | optimized")
              .from(0, 712)
              .streamed(418, 712)
              .tokens(20, 50)
              .record());
    }
    SampleRuns.write(temp, calls);
    export(temp, "bedrock-latency", "--show-all");
    List<String> summary = Files.readAllLines(only(temp, "analysis_summary_"));
    assertThat(summary.get(0)).startsWith(BEDROCK_SUMMARY);
    assertThat(summary.get(1))
        .startsWith(
            "gpt-4o,us-east-2,optimized,2,0.418,0.418,0.418,0,20,50,0.712,0.712,0.712,70.225,")
        .contains(",166.667,");
  }

  @Test
  void aScenarioWithoutALatencyModeIsInTheSummary() throws IOException {
    SampleRuns.write(
        temp,
        List.of(
            call().id(0).name("chat", "nova | us-east-2 | optimized").record(),
            call().id(1).name("chat").record()));
    export(temp, "bedrock-latency");
    assertThat(Files.readAllLines(only(temp, "analysis_summary_"))).hasSize(3);
  }

  @Test
  void runAndNameOfAnExperimentAreInTheFrameworksColumns() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (String experiment : List.of("3", "few", "few run 2")) {
      calls.add(call().id(calls.size()).label("experiment", experiment).record());
    }
    SampleRuns.write(temp, calls);
    export(temp, "bedrock-latency");
    List<String> lines = Files.readAllLines(only(temp, "invocations_"));
    int name = List.of(lines.get(0).split(",", -1)).indexOf("EXPERIMENT_NAME");
    assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[name]))
        .containsExactly("", "few", "few");
    assertThat(lines.stream().skip(1).map(line -> line.replaceFirst(".*,", "")))
        .containsExactly("3", "1", "2");
    export(temp, "raw-csv");
    assertThat(Files.readString(temp.resolve("export/raw-csv/raw-samples.csv")))
        .contains("experiment=few run 2");
  }

  @Test
  void failedCallsCanBeLeftOutOfTheRawSamples() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    export(run, "raw-csv");
    String all = Files.readString(run.resolve("export/raw-csv/raw-samples.csv"));
    export(run, "raw-csv", "--succeeded-only");
    String succeeded = Files.readString(run.resolve("export/raw-csv/raw-samples.csv"));
    assertThat(all.split("\r\n")).hasSize(1 + 155);
    assertThat(succeeded.split("\r\n")).hasSize(1 + 150);
    assertThat(succeeded).doesNotContain("throttled");
  }

  @Test
  void theCostIsTheSameInMemoryAfterReloadAndAsTheSumOfTheExportedCalls() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    CostTally inMemory =
        new CostTally(Prices.read(new RunFiles(run).prices()), new CallCostTally());
    CallRecordReader.read(new RunFiles(run).calls(), inMemory::add);
    BigDecimal total = inMemory.result(OptionalLong.empty()).total();
    export(run, "raw-csv");
    List<String> lines =
        List.of(Files.readString(run.resolve("export/raw-csv/raw-samples.csv")).split("\r\n"));
    int column = List.of(lines.get(0).split(",", -1)).indexOf("cost");
    BigDecimal exported =
        lines.stream()
            .skip(1)
            .filter(line -> line.contains(",succeeded,"))
            .map(line -> new BigDecimal(line.split(",", -1)[column]))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(exported).isEqualByComparingTo(total).isEqualByComparingTo("0.1679375");
    assertThat(RunReport.of(List.of(run)).cost().orElseThrow().total()).isEqualByComparingTo(total);
  }

  @Test
  void badInputIsOneLineAndStatusTwo() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertRefused("Missing required options and parameters: '--format=FORMAT', 'RUN'");
    assertRefused("Missing required option: '--format=FORMAT'", run.toString());
    assertRefused("there is no format xml", run.toString(), "--format", "xml");
    assertRefused("there is no option --yes", run.toString(), "--yes");
    assertRefused("no calls.jsonl", temp.toString(), "--format", "llmeter");
  }

  private void assertRefused(String reason, String... arguments) {
    err.reset();
    assertThat(run(List.of(arguments))).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains(reason);
  }

  private int export(Path run, String format, String... more) {
    List<String> arguments = new ArrayList<>(List.of(run.toString(), "--format", format));
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  private int run(List<String> arguments) {
    return CommandCall.run(
        "export", arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private static Path only(Path run, String begin) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("export/bedrock-latency"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(begin))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> fields = new HashSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    return fields;
  }
}

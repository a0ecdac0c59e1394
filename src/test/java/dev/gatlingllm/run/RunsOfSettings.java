package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Tokenizers;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrapes;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.report.TokenReport;
import dev.gatlingllm.report.compare.Baseline;
import dev.gatlingllm.scrape.MetricsClient;
import dev.gatlingllm.scrape.ScrapedText;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs without an engine, on a clock that the test moves. */
public final class RunsOfSettings {

  private static final long SECOND = 1_000_000_000L;

  private final LlmConfig config;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(printed, true, UTF_8);
  private final AtomicLong now = new AtomicLong();
  private final Run run;

  private RunsOfSettings(LlmConfig config) {
    this.config = config;
    this.run = Run.begin(config, "Simulation", now::get, console);
  }

  private interface Told<T> {
    T of(RunsOfSettings runs) throws IOException;
  }

  private static <T> T told(LlmConfig config, Told<T> told) throws IOException {
    RunsOfSettings runs = new RunsOfSettings(config);
    try {
      return told.of(runs);
    } finally {
      runs.run.close(false);
    }
  }

  /** The folder in which the folder of a run is. */
  public static Object parent(LlmConfig config) throws IOException {
    return told(config, runs -> runs.run.folder().getParent().getFileName());
  }

  /** The files of a run. */
  public static Object files(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          try (Stream<Path> files = Files.list(runs.run.folder())) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList();
          }
        });
  }

  /** After how many failed calls, one a second, the run is stopped; all 100 if it is not. */
  public static Object stoppedAfter(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          boolean[] stopped = new boolean[1];
          runs.run.onStop(() -> stopped[0] = true);
          int calls = 0;
          while (calls < 100 && !stopped[0]) {
            calls++;
            runs.now.addAndGet(SECOND);
            runs.run.unsent(CallFixture.call().ended(Outcome.REJECTED, "HTTP 400").record());
          }
          return calls;
        });
  }

  /** How many of 100 calls of 10 + 10 tokens may be sent at the same time. */
  public static Object maySpend(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          int sent = 0;
          LlmRequest request = LlmRequest.ofPrompt("Hi").withMaxTokens(10);
          while (sent < 100 && runs.run.maySpend(SpendTest.caller(sent), "azure-openai", request)) {
            sent++;
          }
          return sent;
        });
  }

  /** Whether 20 calls that are refused for their key stop a run. */
  public static Object stoppedAfterRefusals(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          boolean[] stopped = new boolean[1];
          runs.run.onStop(() -> stopped[0] = true);
          for (int calls = 0; calls < 20; calls++) {
            runs.run.unsent(HopelessStartTest.refused(401));
          }
          return stopped[0];
        });
  }

  /** Whether 100 calls that fail end a run of which 99 % must not. */
  public static Object endedByAMissedLimit(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          runs.run.limits(List.of(MissedLimitTest.failures(1)));
          for (int calls = 0; calls < 100; calls++) {
            runs.run.unsent(CallFixture.call().ended(Outcome.REJECTED, "HTTP 400").record());
          }
          runs.run.checkStops();
          return runs.run.isDraining();
        });
  }

  /** How far a load goes on that calls of 50 tokens, one each second, never decide. */
  public static Object goesOn(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          runs.run.limits(List.of(MissedLimitTest.failures(1)));
          long calls = 10;
          for (int call = 0; call < calls; call++) {
            runs.run.unsent(CallFixture.call().id(runs.run.nextCallId()).tokens(30, 20).record());
          }
          while (calls < 200
              && runs.run.extension().orElseThrow().oneMore(calls, calls * 1_000_000_000L)) {
            calls++;
          }
          return calls;
        });
  }

  /** Whether a run that is to stop says that it waits for its call. */
  public static Object waitsForCalls(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          runs.run.endDrain();
          LlmCall call = runs.call(listener -> {}, result -> {});
          runs.run.started(call, new NothingLeftToDo(), runs.run.ledger().open());
          runs.run.drain();
          runs.run.ended(call, CallFixture.call().record());
          return runs.printed.toString(UTF_8).contains("waiting for 1 call");
        });
  }

  private record NothingLeftToDo() implements CallEnd {
    @Override
    public void recordNow() {}

    @Override
    public boolean endIfStuck(long graceNanos) {
      return false;
    }

    @Override
    public boolean isOver() {
      return true;
    }
  }

  /** The last line on the console, half a minute after the only call has ended. */
  public static Object lastLine(LlmConfig config) throws IOException {
    RunsOfSettings runs = new RunsOfSettings(config);
    LlmCall call = runs.call(listener -> {}, result -> {});
    runs.run.started(call, new NothingLeftToDo(), runs.run.ledger().open());
    runs.run.ended(call, CallFixture.call().streamed(100, 900).tokens(7, 8).record());
    runs.now.set(30 * SECOND);
    runs.run.close(false);
    List<String> lines = runs.printed.toString(UTF_8).lines().toList();
    return lines
        .get(lines.size() - 1)
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT?|[\\d:.]+Z|\\d\\d:\\d\\d:\\d\\d", "");
  }

  /** Whether the run looks at its progress while it goes on. */
  public static Object progressLines(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          runs.oneCall();
          return comesTrue(
              !config.progress().every().isZero(),
              () -> linesOf(new RunFiles(runs.run.folder()).progress()) >= 3);
        });
  }

  /** Whether the console gets one line after another while the run goes on. */
  public static Object consoleLines(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          runs.oneCall();
          return comesTrue(
              config.progress().lines().toNanos() < SECOND,
              () -> {
                runs.now.addAndGet(config.progress().lines().toNanos());
                return runs.printed.toString(UTF_8).lines().count() >= 3;
              });
        });
  }

  private void oneCall() {
    LlmCall call = call(listener -> {}, result -> {});
    run.started(call, new NothingLeftToDo(), run.ledger().open());
    run.ended(call, CallFixture.call().record());
  }

  private static long linesOf(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for what the settings lead one to expect. */
  private static boolean comesTrue(boolean expected, BooleanSupplier condition) {
    long end = System.nanoTime() + 60 * SECOND;
    while (expected && !condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return condition.getAsBoolean();
  }

  /** The folders of the parts of a run. */
  public static Object parts(LlmConfig config) throws IOException {
    RunsOfSettings runs = new RunsOfSettings(config);
    runs.run.unsent(CallFixture.call().label("clients", "2").record());
    runs.run.close(false);
    return runs.run.split().stream().map(Path::getFileName).map(Path::toString).toList();
  }

  /** How often a server is read, and what is kept of its answer. */
  public static Object readings(LlmConfig config) throws IOException {
    List<Long> millis = new ArrayList<>();
    ScheduledExecutorService thread =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public ScheduledFuture<?> scheduleWithFixedDelay(
              Runnable task, long first, long delay, TimeUnit unit) {
            millis.add(unit.toMillis(delay));
            return schedule(() -> {}, 0, unit);
          }
        };
    Path file = Files.createTempDirectory("readings").resolve("server-metrics.jsonl");
    MetricsClient.Answer answer =
        new MetricsClient.Answer(ScrapedText.of("up 1\nvllm:num_requests_waiting 2"), "");
    try (ServerLog log =
        new ServerLog(
            file,
            List.of(URI.create("http://localhost/metrics")),
            config.serverMetrics(),
            address -> CompletableFuture.completedFuture(answer),
            new RunClock(() -> 0, 0, Instant.EPOCH),
            thread)) {
      log.begin();
    }
    List<String> kept =
        ServerScrapes.read(file).stream()
            .flatMap(scrape -> scrape.samples().stream())
            .map(ServerScrape.Sample::name)
            .toList();
    return List.of(millis, kept);
  }

  /** What the page shows of a run beside its settings: heading, facts and the service's metrics. */
  public static Object page(LlmConfig config) throws IOException {
    RunsOfSettings runs = new RunsOfSettings(config);
    runs.run.unsent(CallFixture.call().record());
    runs.now.set(60 * SECOND);
    runs.run.close(false);
    TokenReport.write(runs.run.folder(), runs.console);
    String page = Files.readString(runs.run.folder().resolve("index.html"));
    return List.of(
        all(page, "<p class=\"lead\">.*?</p>"),
        all(page, "(?s)<dl.*?</dl>").toString().contains("a label of the user"),
        all(page, "\"server\":\\[\\{\"name\":\"[^\"]*\""));
  }

  private static List<String> all(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /**
   * What is recorded of a call whose three chunks come two seconds apart, the last from a cache.
   */
  public static Object recorded(LlmConfig config) throws IOException {
    return told(
        config,
        runs -> {
          List<CallResult> results = new ArrayList<>();
          runs.call(runs::threeChunks, results::add).start();
          CallRecord made =
              new CallRecords(runs.run.clock(), "p", config.record(), Tokenizers.of(config))
                  .of(
                      new CallRecords.Caller(
                          0, "chat", List.of(), Map.of(), "m", OptionalInt.empty()),
                      LlmRequest.ofPrompt("Hi"),
                      results.get(0));
          return List.of(made.labels(), made.interChunks(), made.content(), made.tokens());
        });
  }

  private void threeChunks(CallListener listener) {
    for (int i = 0; i < 3; i++) {
      now.addAndGet(2 * SECOND);
      listener.output(now.get(), OutputKind.CONTENT, "Überraschung 日本語 ");
    }
    OptionalLong absent = OptionalLong.empty();
    listener.usage(new TokenUsage(OptionalLong.of(9), OptionalLong.of(5), absent, absent, absent));
    listener.completed(now.get());
  }

  private LlmCall call(
      java.util.function.Consumer<CallListener> script,
      java.util.function.Consumer<CallResult> end) {
    LlmClient client =
        new LlmClient() {
          @Override
          public String provider() {
            return "scripted";
          }

          @Override
          public CallHandle start(LlmRequest request, CallListener listener) {
            script.accept(listener);
            return () -> {};
          }

          @Override
          public void close() {}
        };
    long forever = 1_000 * SECOND;
    return new LlmCall(
        client,
        LlmRequest.ofPrompt("Hi"),
        0,
        new CallLimits(forever, forever, forever, forever, config.record().answerChars()),
        RetryPolicy.NONE,
        (nanos, task) -> () -> {},
        now::get,
        end);
  }

  /** A CSV of the service's metrics with one value a minute from an hour ago to in an hour. */
  public static void writeMetrics(Path file) throws IOException {
    StringBuilder csv = new StringBuilder("Time,Requests (count)\n");
    Instant from = Instant.now().minusSeconds(3_600);
    for (int minute = 0; minute < 120; minute++) {
      csv.append(from.plusSeconds(60L * minute).toString(), 0, 19).append(",60\n");
    }
    Files.writeString(file, csv);
  }

  /** What a run is told of a baseline that was made under another load. */
  public static Object comparedWithBaseline(LlmConfig config) throws IOException {
    Path run = config.record().folder().resolve("compared");
    SampleRuns.write(
        run, IntStream.range(0, 12).mapToObj(i -> CallFixture.call().id(i).record()).toList());
    Optional<Instant> end = Optional.of(SampleRuns.START.plusSeconds(9));
    RunInfo info = SampleRuns.info(end, Map.of("llm.load.rpm", "7"), List.of());
    new RunFiles(run).writeInfo(info);
    Baseline.write(run, config.record().folder().resolve("kept"), true);
    BaselineCheck check = BaselineCheck.of(config);
    try {
      check.require(info.simulation(), config);
    } catch (ConfigurationException e) {
      return e.getMessage();
    }
    return check.judge(run);
  }
}

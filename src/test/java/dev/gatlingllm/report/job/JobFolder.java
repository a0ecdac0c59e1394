package dev.gatlingllm.report.job;

import static dev.gatlingllm.record.HealthFixture.sample;
import static dev.gatlingllm.stats.CallFixture.call;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.record.ShareEnd;
import dev.gatlingllm.report.SampleRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The folder of a job whose shares are recorded by hand: 40 calls each, of 400 ms. */
public final class JobFolder {

  static final Limit LIMIT =
      new Limit("llm.slo.e2e.p95", List.of("chat"), "e2eMillis", "p95", Limit.Bound.AT_MOST, 500);

  private static final int CALLS = 40;

  final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private double callMillis = 400;

  public JobFolder(Path folder) {
    this.folder = folder;
  }

  public Path folder() {
    return folder;
  }

  JobFolder setting(String key, String value) {
    settings.put(key, value);
    return this;
  }

  public JobFolder callsTake(double millis) {
    callMillis = millis;
    return this;
  }

  /** A share that has ended, but for its end mark. */
  RunFiles recorded(int index, int of) throws IOException {
    return end(begun(index, of));
  }

  /** Writes what a share writes that ends, but for its end mark. */
  static RunFiles end(RunFiles files) throws IOException {
    RunInfo info = files.readInfo();
    files.writeInfo(
        info.ended(SampleRuns.START.plusSeconds(9), false)
            .withAccounting(Optional.of(accounting())));
    return files;
  }

  /** A share that has begun, and has written all its calls. */
  public RunFiles begun(int index, int of) throws IOException {
    Share share = new Share(index, of);
    RunFiles files = new RunFiles(folder.resolve("run-" + index));
    SampleRuns.write(files.folder(), calls(share));
    SampleRuns.writeHealth(
        files.folder(), IntStream.range(0, 36).mapToObj(i -> sample().number(i).make()).toList());
    Map<String, String> all = new TreeMap<>(settings);
    all.put("llm.load.share", share.toString());
    files.writeInfo(
        SampleRuns.info(Optional.empty(), all, List.of())
            .withLimits(List.of(LIMIT))
            .withTogether(new RunInfo.Together(Optional.of(share), Optional.empty())));
    return files;
  }

  public RunFiles ended(int index, int of, String... faults) throws IOException {
    RunFiles files = recorded(index, of);
    mark(files, new Share(index, of), faults);
    return files;
  }

  static void mark(RunFiles files, Share share, String... faults) throws IOException {
    RunFiles.writeAtomically(files.shareEnd(), new ShareEnd(share, List.of(faults)).format());
  }

  static void cutLastLine(RunFiles files) throws IOException {
    byte[] whole = Files.readAllBytes(files.calls());
    Files.write(files.calls(), Arrays.copyOf(whole, whole.length - 20));
  }

  private List<CallRecord> calls(Share share) {
    return IntStream.range(0, CALLS)
        .mapToObj(
            i -> {
              double start = 100 * (double) share.number(i);
              return call().id(share.number(i)).from(start, start + callMillis).record();
            })
        .toList();
  }

  private static Accounting accounting() {
    return new Accounting(
        OptionalLong.of(CALLS),
        CALLS,
        0,
        0,
        0,
        0,
        new TreeMap<>(Map.of("succeeded", (long) CALLS)),
        0,
        CALLS,
        0,
        List.of());
  }
}

package dev.gatlingllm.record;

import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.secret.ScrubbedStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The folder of one run and the files in it.
 *
 * @param folder such as {@code reports/runs/<simulation>-<UTC time>}
 */
public record RunFiles(Path folder) {

  /** Those of a run that keeps none: {@code llm.record.folder = none}. */
  public static final RunFiles NONE = new RunFiles(Path.of("none"));

  /** The name of {@link #serverMetrics}. */
  public static final String SERVER_METRICS = "server-metrics.jsonl";

  /** Whether there are files. */
  public boolean areKept() {
    return !equals(NONE);
  }

  /** {@code run.json}: what was run. */
  public Path runJson() {
    return folder.resolve("run.json");
  }

  /** {@code calls.jsonl}: one line per call. */
  public Path calls() {
    return folder.resolve("calls.jsonl");
  }

  /** {@code health.jsonl}: how the client itself was, four samples a second. */
  public Path health() {
    return folder.resolve("health.jsonl");
  }

  /** {@code progress.jsonl}: how the run stood, a line a second. */
  public Path progress() {
    return folder.resolve("progress.jsonl");
  }

  /** {@code server-metrics.jsonl}: what the service's metrics said; only if they were read. */
  public Path serverMetrics() {
    return folder.resolve(SERVER_METRICS);
  }

  /** {@code prices.conf}: what calls cost when they were made; only if prices were given. */
  public Path prices() {
    return folder.resolve("prices.conf");
  }

  /** {@code capacity.json}: what a capacity search has found; only of a search. */
  public Path capacity() {
    return folder.resolve("capacity.json");
  }

  /** {@code baseline.json}: only in the folder of a baseline. */
  public Path baseline() {
    return folder.resolve("baseline.json");
  }

  /** {@code share-end.json}: only of a share of a load that has ended. */
  public Path shareEnd() {
    return folder.resolve("share-end.json");
  }

  /** {@code gatling}: the folder of Gatling's own report. */
  public Path gatling() {
    return folder.resolve("gatling");
  }

  /**
   * Reads {@code run.json}.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws RecordFormatException naming the file and what is wrong with it
   */
  public RunInfo readInfo() throws IOException {
    String text = Files.readString(runJson());
    try {
      return RunInfoJson.parse(text);
    } catch (RecordFormatException e) {
      throw new RecordFormatException(runJson().toString(), e);
    }
  }

  /**
   * Reads {@code baseline.json}.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws RecordFormatException naming the file and what is wrong with it
   */
  public BaselineInfo readBaseline() throws IOException {
    String text = Files.readString(baseline());
    try {
      return BaselineInfo.parse(text);
    } catch (RecordFormatException e) {
      throw new RecordFormatException(baseline().toString(), e);
    }
  }

  /**
   * Reads {@code share-end.json}; absent if there is none.
   *
   * @throws RecordFormatException naming the file and what is wrong with it
   */
  public Optional<ShareEnd> readShareEnd() throws IOException {
    if (!Files.isRegularFile(shareEnd())) {
      return Optional.empty();
    }
    try {
      return Optional.of(ShareEnd.parse(Files.readString(shareEnd())));
    } catch (RecordFormatException e) {
      throw new RecordFormatException(shareEnd().toString(), e);
    }
  }

  /**
   * Reads {@code capacity.json}; absent if there is none.
   *
   * @throws RecordFormatException naming the file and what is wrong with it
   */
  public Optional<CapacityResult> readCapacity() throws IOException {
    if (!Files.isRegularFile(capacity())) {
      return Optional.empty();
    }
    try {
      return Optional.of(CapacityResult.parse(Files.readString(capacity())));
    } catch (RecordFormatException e) {
      throw new RecordFormatException(capacity().toString(), e);
    }
  }

  /** Writes {@code run.json}, creating the folder if need be; nothing if no files are kept. */
  public void writeInfo(RunInfo run) throws IOException {
    if (areKept()) {
      writeAtomically(runJson(), RunInfoJson.format(run));
    }
  }

  /**
   * Opens a file for text in UTF-8, from which secrets that the process knows are taken out; one of
   * {@link #NONE} takes everything and keeps nothing.
   */
  public static OutputStream newStream(Path file, OpenOption... options) throws IOException {
    if (NONE.folder().equals(file.getParent())) {
      return OutputStream.nullOutputStream();
    }
    return ScrubbedStream.of(Files.newOutputStream(file, options));
  }

  /** As {@link #newStream}, for characters. */
  public static BufferedWriter newWriter(Path file, OpenOption... options) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(newStream(file, options), StandardCharsets.UTF_8));
  }

  /**
   * Replaces a file in one step: whoever reads it meanwhile, or after a crash, finds the old text
   * or the new one, never a part. Secrets that the process knows are taken out.
   */
  public static void writeAtomically(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      // Not writeString: it refuses half a surrogate pair, which a name from data may hold.
      Files.write(draft, Redaction.text(text).getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException unsupported) {
      // Some network file systems: a complete file a moment later is the best they offer.
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}

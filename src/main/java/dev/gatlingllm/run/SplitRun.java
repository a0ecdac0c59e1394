package dev.gatlingllm.run;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.record.HealthWriter;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrapes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives the calls of each value of a label a folder of their own within the run's, {@code
 * clients/8}: a run folder like any other, from which a report can be made. Label and value are
 * named as {@link FolderName} says, and no file that is there is replaced. Used for one run.
 */
final class SplitRun {

  /** A label with more values than this was not meant to make folders. */
  private static final int MOST_VALUES = 200;

  private final RunFiles run;
  private final String label;
  private final Map<String, Part> parts = new TreeMap<>();
  private Optional<Path> ofLabel = Optional.empty();

  private SplitRun(RunFiles run, String label) {
    this.run = run;
    this.label = label;
  }

  /**
   * Makes the folders. Calls without the label are in none.
   *
   * @return the folders, none if no call has the label
   * @throws IllegalArgumentException if the label has more than 200 values
   */
  static List<Path> split(RunFiles run, String label) throws IOException {
    return new SplitRun(run, label).split();
  }

  private List<Path> split() throws IOException {
    try {
      CallRecordReader.read(run.calls(), this::add);
      splitHealth();
      splitServerMetrics();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      for (Part part : parts.values()) {
        part.calls.close();
      }
    }
    List<Path> folders = new ArrayList<>();
    for (Part part : parts.values()) {
      part.files.writeInfo(
          run.readInfo().withAssertions(List.of()).withAccounting(Optional.empty()));
      folders.add(part.files.folder());
    }
    return folders;
  }

  private void add(CallRecord call) {
    String value = call.labels().get(label);
    if (value != null) {
      try {
        if (!parts.containsKey(value)) {
          parts.put(value, open(value));
        }
        parts.get(value).add(call);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Part open(String value) throws IOException {
    if (parts.size() == MOST_VALUES) {
      throw new IllegalArgumentException(
          "the label " + label + " has more than " + MOST_VALUES + " values");
    }
    if (ofLabel.isEmpty()) {
      ofLabel = Optional.of(FolderName.create(run.folder(), label));
    }
    RunFiles files = new RunFiles(FolderName.create(ofLabel.get(), value));
    return new Part(
        files,
        new BufferedOutputStream(
            Files.newOutputStream(files.calls(), StandardOpenOption.CREATE_NEW)));
  }

  /** Each part gets the samples of the time from its first arrival to its last end. */
  private void splitHealth() throws IOException {
    List<HealthSample> samples = new ArrayList<>();
    try {
      HealthSampleReader.read(run.health(), samples::add);
    } catch (NoSuchFileException ignored) {
      return; // a run whose health is unknown has parts whose health is unknown
    }
    for (Part part : parts.values()) {
      try (HealthWriter writer = new HealthWriter(part.files.health())) {
        for (HealthSample sample : samples) {
          if (sample.atNanos() >= part.firstNanos && sample.fromNanos() <= part.lastNanos) {
            writer.write(sample);
          }
        }
      }
    }
  }

  /** The same of what the service's metrics said. */
  private void splitServerMetrics() throws IOException {
    List<ServerScrape> scrapes = ServerScrapes.read(run.serverMetrics());
    for (Part part : parts.values()) {
      List<ServerScrape> ofPart =
          scrapes.stream()
              .filter(one -> one.atNanos() >= part.firstNanos && one.atNanos() <= part.lastNanos)
              .toList();
      if (!ofPart.isEmpty()) {
        try (LineFile file = LineFile.create(part.files.serverMetrics())) {
          for (ServerScrape scrape : ofPart) {
            file.append(ServerScrapes.encode(scrape));
          }
        }
      }
    }
  }

  /** The calls of one value. */
  private static final class Part {

    private final RunFiles files;
    private final OutputStream calls;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    Part(RunFiles files, OutputStream calls) {
      this.files = files;
      this.calls = calls;
    }

    void add(CallRecord call) throws IOException {
      CallRecordCodec.write(call, calls);
      firstNanos = Math.min(firstNanos, call.times().arrival());
      lastNanos = Math.max(lastNanos, call.times().end());
    }
  }
}

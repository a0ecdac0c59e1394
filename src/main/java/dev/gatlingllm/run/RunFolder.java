package dev.gatlingllm.run;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Makes the folder of a run; refuses settings with which it could not keep what is found. */
final class RunFolder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunFolder() {}

  static void check(LlmConfig.Recording settings) {
    if (settings.isKept()) {
      checkFolder(settings.folder());
    }
    try {
      settings.prices().ifPresent(Prices::read);
    } catch (RecordFormatException e) {
      throw new ConfigurationException("llm.cost.prices: " + e.getMessage());
    }
  }

  private static void checkFolder(Path parent) {
    try {
      Files.createDirectories(parent);
    } catch (IOException e) {
      throw new ConfigurationException(
          "llm.record.folder cannot be made: "
              + parent
              + " ("
              + e.getClass().getSimpleName()
              + ")");
    }
    if (!Files.isWritable(parent)) {
      throw new ConfigurationException("llm.record.folder cannot be written: " + parent);
    }
  }

  /**
   * Makes a new folder, named after the simulation and the start of its run; none if {@code parent}
   * says so.
   */
  static RunFiles create(Path parent, String simulation, Instant start) throws IOException {
    if (parent.equals(RunFiles.NONE.folder())) {
      return RunFiles.NONE;
    }
    Files.createDirectories(parent);
    String name = simulation.substring(simulation.lastIndexOf('.') + 1) + "-" + TIME.format(start);
    return new RunFiles(FolderName.createFree(parent, name, "-"));
  }

  /** Keeps the prices as they are now, if there are any. */
  static void copyPrices(LlmConfig.Recording settings, RunFiles files) throws IOException {
    if (settings.isKept() && settings.prices().isPresent()) {
      Files.copy(settings.prices().get(), files.prices());
    }
  }
}

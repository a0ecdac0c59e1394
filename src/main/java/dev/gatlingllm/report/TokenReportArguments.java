package dev.gatlingllm.report;

import dev.gatlingllm.stats.PercentileRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@link TokenReport}.
 *
 * @param runFolders of the runs, at least one
 * @param outFolder where the report goes: the folder of a single run unless said otherwise
 * @param rule whether percentiles of few values are told
 */
record TokenReportArguments(List<Path> runFolders, Path outFolder, PercentileRule rule) {

  private static final String USAGE =
      "usage: TokenReport <run folder> [<run folder>...] [--out <folder>] [--show-all]";

  static TokenReportArguments parse(List<String> arguments) {
    List<Path> folders = new ArrayList<>();
    Optional<Path> out = Optional.empty();
    PercentileRule rule = PercentileRule.WITHHOLD_WHEN_FEW;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--out" -> {
          if (!rest.hasNext()) {
            throw new IllegalArgumentException("--out needs a folder; " + USAGE);
          }
          out = Optional.of(Path.of(rest.next()));
        }
        case "--show-all" -> rule = PercentileRule.SHOW_ALL;
        default -> folders.add(folder(argument));
      }
    }
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("no run folder is given; " + USAGE);
    }
    return new TokenReportArguments(
        List.copyOf(folders), out.orElseGet(() -> defaultOut(folders)), rule);
  }

  private static Path folder(String argument) {
    if (argument.startsWith("--")) {
      throw new IllegalArgumentException("there is no option " + argument + "; " + USAGE);
    }
    return Path.of(argument);
  }

  private static Path defaultOut(List<Path> folders) {
    if (folders.size() == 1) {
      return folders.get(0);
    }
    Path first = folders.get(0).toAbsolutePath().normalize();
    return first.resolveSibling("merged-" + first.getFileName());
  }
}

package dev.gatlingllm.report;

import dev.gatlingllm.stats.PercentileRule;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
 * @param prices to price the runs anew with
 * @param server exports of the service's own monitoring; absent for those that the run names
 */
record TokenReportArguments(
    List<Path> runFolders,
    Path outFolder,
    PercentileRule rule,
    Optional<Path> prices,
    Optional<ServerFiles> server) {

  private static final String USAGE =
      "usage: TokenReport <run folder> [<run folder>...] [--out <folder>] [--prices <file>]"
          + " [--show-all] [--server-metrics <file>...] [--zone <zone>]";

  static TokenReportArguments parse(List<String> arguments) {
    List<Path> folders = new ArrayList<>();
    Optional<Path> out = Optional.empty();
    Optional<Path> prices = Optional.empty();
    PercentileRule rule = PercentileRule.WITHHOLD_WHEN_FEW;
    List<Path> server = new ArrayList<>();
    ZoneId zone = ZoneOffset.UTC;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--out" -> out = Optional.of(Path.of(next("--out", "a folder", rest)));
        case "--server-metrics" -> server.add(Path.of(next(argument, "a file", rest)));
        case "--zone" -> zone = ServerFiles.zone(argument, next(argument, "a time zone", rest));
        case "--prices" -> prices = Optional.of(Path.of(next(argument, "a file", rest)));
        case "--show-all" -> rule = PercentileRule.SHOW_ALL;
        default -> folders.add(folder(argument));
      }
    }
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("no run folder is given; " + USAGE);
    }
    return new TokenReportArguments(
        List.copyOf(folders),
        out.orElseGet(() -> defaultOut(folders)),
        rule,
        prices,
        server.isEmpty() ? Optional.empty() : Optional.of(new ServerFiles(server, zone)));
  }

  private static String next(String option, String what, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs " + what + "; " + USAGE);
    }
    return rest.next();
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

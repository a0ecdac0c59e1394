package dev.gatlingllm.report;

import dev.gatlingllm.report.server.MetricsFileException;
import dev.gatlingllm.report.server.ServerMetrics;
import dev.gatlingllm.report.server.ServerSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which exports of the service's monitoring belong into a report.
 *
 * @param files the exports
 * @param zone of times in them that do not say theirs
 */
public record ServerFiles(List<Path> files, ZoneId zone) {

  static final String FILES = "llm.serverMetrics.files";
  static final String ZONE = "llm.serverMetrics.zone";

  /** None. */
  static final ServerFiles NONE = new ServerFiles(List.of(), ZoneOffset.UTC);

  /** Copies the list. */
  public ServerFiles {
    files = List.copyOf(files);
  }

  /** Those that the configuration of a run names, between commas. */
  static ServerFiles ofConfiguration(Map<String, String> configuration) {
    List<Path> files =
        Arrays.stream(configuration.getOrDefault(FILES, "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .toList();
    return new ServerFiles(files, zone(ZONE, configuration.getOrDefault(ZONE, "UTC")));
  }

  /**
   * A time zone.
   *
   * @param key the setting or option it came from
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ZoneId zone(String key, String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          key + " must be a time zone such as UTC, +02:00 or Europe/Berlin, was \"" + name + '"');
    }
  }

  /**
   * Every series of every file.
   *
   * @throws MetricsFileException naming the place and the value that is wrong
   */
  List<ServerSeries> read() throws IOException {
    List<ServerSeries> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(ServerMetrics.read(file, zone));
    }
    return all;
  }
}

package dev.gatlingllm.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@code server-metrics.jsonl}. Stateless and safe for use by many threads. */
public final class ServerScrapes {

  private static final LineJson<ServerScrape> LINES =
      new LineJson<>(ServerScrape.class, ServerScrape.SCHEMA_VERSION);

  private ServerScrapes() {}

  /** Returns the line of a reading in UTF-8, with its line feed. */
  public static byte[] encode(ServerScrape scrape) {
    return LINES.encode(scrape);
  }

  /**
   * Every reading of a file, in its order; none if there is no file. A last line that was cut when
   * its run was killed is left out.
   *
   * @throws RecordFormatException naming the file and the line that is wrong
   */
  public static List<ServerScrape> read(Path file) throws IOException {
    List<ServerScrape> scrapes = new ArrayList<>();
    if (Files.isRegularFile(file)) {
      JsonLines.read(file, line -> LINES.read(line, List.of()), scrapes::add);
    }
    return scrapes;
  }
}

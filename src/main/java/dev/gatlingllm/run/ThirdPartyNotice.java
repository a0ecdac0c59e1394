package dev.gatlingllm.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Licence notice of a run folder: Gatling's charts in it are not open source, and run folders are
 * passed on.
 */
final class ThirdPartyNotice {

  static final String FILE = "NOTICE.txt";

  private ThirdPartyNotice() {}

  /**
   * Writes the file.
   *
   * @throws IOException also if there is one already
   */
  static void write(Path runFolder) throws IOException {
    try (InputStream text = ThirdPartyNotice.class.getResourceAsStream(FILE)) {
      if (text == null) {
        throw new IOException(FILE + " is not on the class path");
      }
      Files.copy(text, runFolder.resolve(FILE));
    }
  }
}

package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScrubbedStreamTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeAll
  static void know() {
    KnownSecrets.ofProcess().add("stream-94e6b4bf1f0a7c2d");
  }

  @Test
  void aSecretThatComesInPiecesIsHidden() throws IOException {
    try (OutputStream out = ScrubbedStream.of(shown)) {
      for (byte b : "ü stream-94e6b4bf1f0a7c2d end\nnext".getBytes(UTF_8)) {
        out.write(b);
        out.flush();
      }
    }
    assertThat(shown.toString(UTF_8)).isEqualTo("ü *** end\nnext");
  }

  @Test
  void aLongFileComesOutWhole() throws IOException {
    String line = "x".repeat(700) + "stream-94e6b4bf1f0a7c2d\n";
    try (OutputStream out = ScrubbedStream.of(shown)) {
      out.write(line.repeat(3_000).getBytes(UTF_8));
      out.write("y".repeat(3_000_000).getBytes(UTF_8));
    }
    assertThat(shown.toString(UTF_8))
        .isEqualTo(("x".repeat(700) + "***\n").repeat(3_000) + "y".repeat(3_000_000));
  }

  @Test
  void aConsoleShowsAnIncompleteLineWhenItIsFlushed() {
    PrintStream console = ScrubbedStream.console(new PrintStream(shown, false, UTF_8));
    console.print("7 ready?");
    console.flush();
    assertThat(shown.toString(UTF_8)).isEqualTo("7 ready?");
    console.println(" stream-94e6b4bf1f0a7c2d");
    assertThat(shown.toString(UTF_8)).isEqualTo("7 ready? ***" + System.lineSeparator());
  }
}

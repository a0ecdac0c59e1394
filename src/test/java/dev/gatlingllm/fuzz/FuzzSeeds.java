package dev.gatlingllm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.bedrock.FrameStream;
import dev.gatlingllm.provider.chat.ChatStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Writes what the fuzzer begins with: streams as the tests draw them, and files of users. */
public final class FuzzSeeds {

  private static final int SEEDS = 200;

  private FuzzSeeds() {}

  /**
   * Writes them into the folders {@code chat}, {@code frames} and {@code files} of the folder that
   * is named.
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0], "chat"), chat());
    write(Path.of(arguments[0], "frames"), frames());
    write(Path.of(arguments[0], "files"), InputFiles.whole());
  }

  /** Bodies over HTTP, drawn and of each shape, for each API. */
  static List<byte[]> chat() {
    List<byte[]> inputs = drawn(seed -> ChatStream.draw(seed).bytes());
    for (String shape : ChatShapes.ALL) {
      byte[] body = shape.getBytes(UTF_8);
      inputs.add(FuzzedBytes.input(0, body));
      for (int flag : ChatStreamFuzz.KINDS) {
        inputs.add(FuzzedBytes.input(1 << flag, body));
      }
    }
    return inputs;
  }

  /** Event streams. */
  static List<byte[]> frames() {
    return drawn(seed -> FrameStream.draw(seed).bytes());
  }

  private static List<byte[]> drawn(Function<SplittableRandom, byte[]> draw) {
    List<byte[]> inputs = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      inputs.add(FuzzedBytes.input(0, draw.apply(new SplittableRandom(seed))));
    }
    return inputs;
  }

  private static void write(Path folder, List<byte[]> inputs) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < inputs.size(); i++) {
      Files.write(folder.resolve("seed-" + i), inputs.get(i));
    }
  }
}

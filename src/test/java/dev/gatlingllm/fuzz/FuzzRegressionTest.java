package dev.gatlingllm.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.provider.bedrock.FrameStream;
import dev.gatlingllm.provider.chat.ChatStream;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fuzzers' harnesses without a fuzzer, and everything that one ever found. */
class FuzzRegressionTest {

  @Test
  void theChatHarnessHoldsForDrawnStreamsAndForHardlyAnyBytes() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] body = ChatStream.draw(new SplittableRandom(seed)).bytes();
      ChatStreamFuzz.fuzzerTestOneInput(FuzzedBytes.input(seed, body));
    }
    for (String shape : ChatShapes.ALL) {
      for (int flags = 0; flags < 16; flags++) {
        ChatStreamFuzz.fuzzerTestOneInput(FuzzedBytes.input(flags, shape.getBytes(UTF_8)));
      }
    }
    for (int length = 0; length < 12; length++) {
      ChatStreamFuzz.fuzzerTestOneInput(new byte[length]);
    }
  }

  @Test
  void theFrameHarnessHoldsForDrawnStreamsAndForHardlyAnyBytes() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] body = FrameStream.draw(new SplittableRandom(seed)).bytes();
      FrameStreamFuzz.fuzzerTestOneInput(FuzzedBytes.input(seed, body));
    }
    for (int length = 0; length < 30; length++) {
      FrameStreamFuzz.fuzzerTestOneInput(new byte[length]);
    }
  }

  @Test
  void theHarnessOfInputFilesHoldsForExamplesAndSpoiltOnes() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (byte[] input : InputFiles.whole()) {
      InputFileFuzz.fuzzerTestOneInput(input);
      for (int i = 0; i < 8; i++) {
        InputFileFuzz.fuzzerTestOneInput(InputFiles.spoilt(input, random));
      }
    }
    InputFileFuzz.fuzzerTestOneInput(new byte[0]);
  }
}

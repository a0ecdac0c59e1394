package dev.gatlingllm.fuzz;

import dev.gatlingllm.provider.Cuts;
import dev.gatlingllm.provider.bedrock.Checksums;
import dev.gatlingllm.provider.bedrock.FrameBodies;

/** Any bytes as an event stream: one end, a reason, and alike in any cut. */
public final class FrameStreamFuzz {

  /** Without it hardly a byte would come past the checksums. */
  static final int CHECKSUMS_AS_THEY_ARE = 0;

  private FrameStreamFuzz() {}

  /**
   * Called by the fuzzer before it times inputs: classes are loaded, and rewritten for its
   * coverage, here.
   */
  public static void fuzzerInitialize() {
    FuzzSeeds.frames().forEach(FrameStreamFuzz::fuzzerTestOneInput);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedBytes fuzzed = new FuzzedBytes(input);
    byte[] body =
        fuzzed.flag(CHECKSUMS_AS_THEY_ARE) ? fuzzed.body() : Checksums.mended(fuzzed.body());
    SplitInvariance.check(FrameBodies.feed(Cuts.none(body)), FrameBodies.feed(fuzzed.cut(body)));
  }
}

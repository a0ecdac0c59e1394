package dev.gatlingllm.it;

import static dev.gatlingllm.LlmDsl.*;
import static io.gatling.javaapi.core.CoreDsl.*;

import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.record.CallRecord;
import io.gatling.javaapi.core.Simulation;

/** Calls of which every other one is let down by code of the user: each user makes five. */
public class BrokenCodeSimulation extends Simulation {

  /** Cannot count what is longer than a few words, nor on a thread that is not for counting. */
  public static final class NarrowTokenizer implements Tokenizer {
    @Override
    public int countText(String text) {
      if (!Thread.currentThread().getName().startsWith("llm-count-")) {
        throw new IllegalStateException("on a thread that other calls wait for");
      }
      if (text.length() > 100) {
        throw new NoClassDefFoundError("a library of the tokenizer");
      }
      return text.length();
    }
  }

  /** Fails after every call. */
  public static final class BrokenHook implements Hook {
    @Override
    public void afterCall(CallRecord call, String answer) {
      throw new AssertionError("hook");
    }
  }

  {
    setUp(
            scenario("Broken code")
                .exec(llm("fine").prompt("Hello.").maxTokens(3))
                .exec(llm("tokenizer").prompt("Hello.").maxTokens(100))
                .exec(
                    llm("check")
                        .prompt("Hello.")
                        .maxTokens(3)
                        .check(bodyString().transform(BrokenCodeSimulation::overflow)))
                .exec(llm("prompt").prompt(session -> fail()).maxTokens(3))
                .exec(llm("fine again").prompt("Hello.").maxTokens(3))
                .injectOpen(atOnceUsers(4)))
        .protocols(llm);
  }

  private static String overflow(String text) {
    throw new StackOverflowError(text.substring(0, 0));
  }

  private static String fail() {
    throw new AssertionError("prompt");
  }
}

package dev.gatlingllm.gatling;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.prompt.BlockPrompts;
import dev.gatlingllm.prompt.PromptBuilder;
import dev.gatlingllm.prompt.PromptSource;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.prompt.SourcePrompts;
import dev.gatlingllm.prompt.SourceText;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Prompts of the sizes that a simulation asks for, a new one for every call. Safe for many threads.
 */
public final class Prompts {

  private final PromptSource builder;
  private final BlockPrompts blocks;
  private final AtomicLong next = new AtomicLong();

  private Prompts(PromptSource builder, BlockPrompts blocks) {
    this.builder = builder;
    this.blocks = blocks;
  }

  /** Prompts by {@code llm.seed} and {@code llm.profile.preventCaching}. */
  public static Prompts of(LlmConfig config) {
    TokenCounter counter = TokenCounter.standard();
    PromptBuilder builder = new PromptBuilder(counter, config.seed());
    if (!config.profile().preventCaching()) {
      return new Prompts(builder, new BlockPrompts(counter, config.seed()));
    }
    long runNonce = new SecureRandom().nextLong();
    return new Prompts(
        builder.preventingCaching(runNonce), new BlockPrompts(counter, config.seed() ^ runNonce));
  }

  /**
   * Prompts cut from a text at places that {@code llm.seed} decides.
   *
   * @throws ConfigurationException if the text cannot be read
   */
  public static Prompts cutFrom(String file, LlmConfig config) {
    try {
      TokenCounter counter = TokenCounter.standard();
      SourcePrompts cut =
          new SourcePrompts(SourceText.read(Path.of(file), counter), counter, config.seed());
      return new Prompts(
          config.profile().preventCaching()
              ? cut.preventingCaching(new SecureRandom().nextLong())
              : cut,
          new BlockPrompts(counter, config.seed()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  /** The size of the smallest prompt that asks for so much output. */
  public int smallest(OptionalInt maxTokens) {
    return builder.smallestContext(maxTokens);
  }

  /**
   * The shape that {@code llm.profile} asks for.
   *
   * @throws ConfigurationException if its numbers are missing, contradict its name, or are too
   *     small for a prompt
   */
  public ShapeProfile shape(LlmConfig.Profile profile) {
    return Startup.orExit(() -> checkedShape(profile));
  }

  /** As {@link #shape}, whatever process this is. */
  ShapeProfile checkedShape(LlmConfig.Profile profile) {
    ShapeProfile shape =
        ConfigurationException.in(
            "llm.profile.",
            () -> ShapeProfile.of(profile.shape(), profile.contextTokens(), profile.maxTokens()));
    return requireRoom(shape, "llm.profile.contextTokens");
  }

  /**
   * A shape that another setting asks for.
   *
   * @param key the setting of the context tokens, for the message
   * @throws ConfigurationException if there is no room for a prompt's fixed parts
   */
  public ShapeProfile shape(String key, int contextTokens, int maxTokens) {
    return Startup.orExit(() -> requireRoom(ShapeProfile.custom(contextTokens, maxTokens), key));
  }

  private ShapeProfile requireRoom(ShapeProfile shape, String key) {
    int smallest = builder.smallestContext(OptionalInt.of(shape.maxTokens()));
    if (shape.contextTokens() < smallest) {
      throw new ConfigurationException(
          key
              + " must be at least "
              + smallest
              + " for the prompt's fixed parts, was "
              + shape.contextTokens());
    }
    return shape;
  }

  /**
   * Requests of one shape, for calls that belong to no run: the prompts of the run are not used up.
   */
  public Supplier<LlmRequest> requests(ShapeProfile shape) {
    Prompts apart = new Prompts(builder, blocks);
    return () -> request(apart.next(shape.contextTokens(), shape.maxTokens()), shape.maxTokens());
  }

  /** Requests of the sizes of a trace, from its beginning and round again. */
  public Supplier<LlmRequest> requests(TraceFile trace) {
    Prompts apart = new Prompts(builder, blocks);
    AtomicInteger nextRow = new AtomicInteger();
    return () -> {
      int index = Math.floorMod(nextRow.getAndIncrement(), trace.rows().size());
      TraceFile.Row row = trace.rows().get(index);
      return request(apart.next(row), row.generatedTokens());
    };
  }

  /** Requests whose sizes are functions of their number, from 0, for calls of no run. */
  public Supplier<LlmRequest> requests(IntUnaryOperator contextTokens, IntUnaryOperator maxTokens) {
    Prompts apart = new Prompts(builder, blocks);
    AtomicInteger nextNumber = new AtomicInteger();
    return () -> {
      int number = nextNumber.getAndIncrement() & Integer.MAX_VALUE;
      int most = maxTokens.applyAsInt(number);
      return request(apart.nextOfAnySize(contextTokens.applyAsInt(number), most), most);
    };
  }

  private static LlmRequest request(List<Message> messages, int maxTokens) {
    return LlmRequest.ofMessages(messages).withMaxTokens(maxTokens);
  }

  /** The next prompt of this size that asks for at least {@code maxTokens} of output. */
  List<Message> next(int contextTokens, int maxTokens) {
    return builder.prompt(next.getAndIncrement(), contextTokens, OptionalInt.of(maxTokens));
  }

  /** The prompt of a trace's row: of its size, and begun as others are if the trace says so. */
  List<Message> next(TraceFile.Row row) {
    return row.blocks().isEmpty()
        ? nextOfAnySize(row.contextTokens(), row.generatedTokens())
        : blocks.prompt(row, next.getAndIncrement());
  }

  /**
   * The next prompt of a size that comes from data: it asks for {@code maxTokens} of output if
   * there is room for that, and is as small as a prompt can be if the size is below it.
   */
  List<Message> nextOfAnySize(int contextTokens, int maxTokens) {
    long index = next.getAndIncrement();
    OptionalInt wanted = OptionalInt.of(maxTokens);
    if (contextTokens >= builder.smallestContext(wanted)) {
      return builder.prompt(index, contextTokens, wanted);
    }
    int smallest = builder.smallestContext(OptionalInt.empty());
    return builder.prompt(index, Math.max(smallest, contextTokens), OptionalInt.empty());
  }
}

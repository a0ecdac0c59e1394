package dev.gatlingllm.gatling;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ProfileConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.config.Tokenizers;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.prompt.BlockPrompts;
import dev.gatlingllm.prompt.PromptBuilder;
import dev.gatlingllm.prompt.PromptSource;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.prompt.SourcePrompts;
import dev.gatlingllm.prompt.SourceText;
import dev.gatlingllm.prompt.SystemPrompts;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.record.Share;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.size.SizePhrase;
import dev.gatlingllm.size.SizeSource;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
  private final Optional<SystemPrompts> prefixes;
  private final Share share;
  private final AtomicLong next = new AtomicLong();

  private Prompts(
      PromptSource builder, BlockPrompts blocks, Optional<SystemPrompts> prefixes, Share share) {
    this.builder = builder;
    this.blocks = blocks;
    this.prefixes = prefixes;
    this.share = share;
  }

  /** The same prompts, from the first one on. */
  private Prompts apart() {
    return new Prompts(builder, blocks, prefixes, share);
  }

  /** Prompts by {@code llm.seed} and {@code llm.profile.preventCaching}. */
  public static Prompts of(LlmConfig config) {
    return Startup.orExit(() -> checked(config));
  }

  private static Prompts checked(LlmConfig config) {
    Tokenizer counter = Tokenizers.ofPrompts(config);
    return ConfigurationException.in(
        "llm.tokenizer = " + config.tokenizer() + ": ",
        () -> {
          PromptBuilder builder = new PromptBuilder(counter, config.seed());
          long runNonce = config.profile().preventCaching() ? new SecureRandom().nextLong() : 0;
          PromptBuilder all =
              config.profile().preventCaching() ? builder.preventingCaching(runNonce) : builder;
          return new Prompts(
              counter instanceof TokenCounter ? all : all.measured(),
              new BlockPrompts(TokenCounter.standard(), config.seed() ^ runNonce),
              prefixes(config, builder, config.seed() ^ runNonce),
              config.load().part());
        });
  }

  /** A server may refuse system prompts, so it is asked only where there are any. */
  private static Optional<SystemPrompts> prefixes(
      LlmConfig config, PromptBuilder builder, long seed) {
    return config.profile().prefix().tokens() == 0
        ? Optional.empty()
        : Optional.of(builder.systemPrompts(seed));
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
          new SourcePrompts(SourceText.read(InputPath.of(file), counter), counter, config.seed());
      return new Prompts(
          config.profile().preventCaching()
              ? cut.preventingCaching(new SecureRandom().nextLong())
              : cut,
          new BlockPrompts(counter, config.seed()),
          Optional.empty(),
          config.load().part());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  /** The size of the smallest prompt that asks for so much output. */
  public int smallest(OptionalInt maxTokens) {
    return builder.smallestContext(maxTokens);
  }

  /**
   * The sizes of the calls that {@code llm.profile} asks for, drawn by {@code llm.seed}.
   *
   * @throws ConfigurationException if numbers are missing, contradict the name of a shape or are
   *     too small for a prompt, or if recorded calls cannot be read
   */
  public CallSizes sizes(LlmConfig config) {
    return Startup.orExit(() -> checkedSizes(config));
  }

  /** As {@link #sizes}, whatever process this is. */
  CallSizes checkedSizes(LlmConfig config) {
    List<CallSizes.Part> parts = new ArrayList<>();
    for (ProfileConfig.Shape shape : config.profile().shapes()) {
      SizeSource source =
          ConfigurationException.in(
              shape.inputKey() + ": ", () -> SizeSource.of(shape.input(), shape.output()));
      requireRoom(shape, source);
      parts.add(new CallSizes.Part(shape.name(), shape.weight(), source));
    }
    return ConfigurationException.in(
        "llm.profile.mix: ", () -> new CallSizes(parts, config.profile().prefix(), config.seed()));
  }

  /** Recorded sizes, and those without a lower bound, may be too small: {@link #sized}. */
  private void requireRoom(ProfileConfig.Shape shape, SizeSource source) {
    boolean recorded = shape.input() instanceof SizePhrase.Recorded;
    if (source.constant() || (!recorded && source.leastInput() > 1)) {
      OptionalInt asked =
          source.constant() ? OptionalInt.of(source.mostOutput()) : OptionalInt.empty();
      requireRoom(source.leastInput(), asked, shape.inputKey());
    }
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
    requireRoom(shape.contextTokens(), OptionalInt.of(shape.maxTokens()), key);
    return shape;
  }

  private void requireRoom(int contextTokens, OptionalInt maxTokens, String key) {
    int smallest = builder.smallestContext(maxTokens);
    if (contextTokens < smallest) {
      throw new ConfigurationException(
          key
              + " must be at least "
              + smallest
              + " for the prompt's fixed parts, was "
              + contextTokens);
    }
  }

  /**
   * Requests of one shape, for calls that belong to no run: the prompts of the run are not used up.
   */
  public Supplier<LlmRequest> requests(ShapeProfile shape) {
    Prompts apart = apart();
    return () -> request(apart.next(shape.contextTokens(), shape.maxTokens()), shape.maxTokens());
  }

  /**
   * Requests of drawn sizes, from the first call of the run on, for calls that belong to no run.
   */
  public Supplier<LlmRequest> requests(CallSizes sizes) {
    Prompts apart = apart();
    AtomicLong nextNumber = new AtomicLong();
    return () -> {
      long number = share.number(nextNumber.getAndIncrement());
      CallSize size = apart.sized(sizes.of(number));
      return request(apart.of(number, size), size.maxTokens());
    };
  }

  /** Requests of the sizes of a trace, from its beginning and round again. */
  public Supplier<LlmRequest> requests(TraceFile trace) {
    Prompts apart = apart();
    AtomicInteger nextRow = new AtomicInteger();
    return () -> {
      int index = Math.floorMod(nextRow.getAndIncrement(), trace.rows().size());
      TraceFile.Row row = trace.rows().get(index);
      return request(apart.next(row), row.generatedTokens());
    };
  }

  /** Requests whose sizes are functions of their number, from 0, for calls of no run. */
  public Supplier<LlmRequest> requests(IntUnaryOperator contextTokens, IntUnaryOperator maxTokens) {
    Prompts apart = apart();
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

  /** The number in the whole load of what has this number in the share. */
  long number(long inShare) {
    return share.number(inShare);
  }

  private long number() {
    return share.number(next.getAndIncrement());
  }

  /** The next prompt of this size that asks for at least {@code maxTokens} of output. */
  List<Message> next(int contextTokens, int maxTokens) {
    return builder.prompt(number(), contextTokens, OptionalInt.of(maxTokens));
  }

  /** The size that a prompt of this size really has: there is a smallest one. */
  CallSize sized(CallSize size) {
    int smallest = builder.smallestContext(OptionalInt.empty());
    return size.withPromptOfAtLeast(smallest);
  }

  /** The prompt of this size that the call of this number has. */
  List<Message> of(long number, CallSize size) {
    List<Message> prompt = ofAnySize(number, size.promptTokens(), size.maxTokens());
    CallSize.Prefix prefix = size.prefix();
    if (prefix.tokens() == 0) {
      return prompt;
    }
    SystemPrompts texts = prefixes.orElseThrow();
    List<Message> all = new ArrayList<>(prompt.size() + 1);
    all.add(
        prefix.variant().isPresent()
            ? texts.shared(prefix.variant().getAsInt(), prefix.tokens())
            : texts.own(number, prefix.tokens()));
    all.addAll(prompt);
    return all;
  }

  /** The prompt of a trace's row: of its size, and begun as others are if the trace says so. */
  private List<Message> next(TraceFile.Row row) {
    return next(row, OptionalLong.empty());
  }

  /**
   * As above.
   *
   * @param number by which the prompt is made; absent for the next one
   */
  List<Message> next(TraceFile.Row row, OptionalLong number) {
    long own = number.isPresent() ? number.getAsLong() : number();
    return row.blocks().isEmpty()
        ? ofAnySize(own, row.contextTokens(), row.generatedTokens())
        : blocks.prompt(row, own);
  }

  /**
   * The next prompt of a size that comes from data: it asks for {@code maxTokens} of output if
   * there is room for that, and is as small as a prompt can be if the size is below it.
   */
  List<Message> nextOfAnySize(int contextTokens, int maxTokens) {
    return ofAnySize(number(), contextTokens, maxTokens);
  }

  private List<Message> ofAnySize(long index, int contextTokens, int maxTokens) {
    OptionalInt wanted = OptionalInt.of(maxTokens);
    if (contextTokens >= builder.smallestContext(wanted)) {
      return builder.prompt(index, contextTokens, wanted);
    }
    int smallest = builder.smallestContext(OptionalInt.empty());
    return builder.prompt(index, Math.max(smallest, contextTokens), OptionalInt.empty());
  }
}

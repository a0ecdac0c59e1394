package dev.gatlingllm.cost;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.stats.ModelName;
import dev.gatlingllm.text.TextFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of prices, HOCON or JSON, as {@code feeders/prices-example.conf} documents it.
 *
 * @param currency of all of them, such as USD
 * @param models the first that is of a call's model is its price
 */
public record Prices(String currency, List<Price> models) {

  private static final Set<String> KEYS = Set.of("currency", "models");
  private static final Set<String> MODEL_KEYS =
      Set.of("model", "provider", "tier", "latencyMode", "perMillion", "perRequest", "perHour");

  private static final BigDecimal MOST = new BigDecimal("1e12");
  private static final int MOST_DIGITS = 30;

  /** Copies the list. */
  public Prices {
    models = List.copyOf(models);
  }

  /**
   * Reads a file.
   *
   * @throws RecordFormatException naming the file, the key, its value and what is accepted
   */
  public static Prices read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new RecordFormatException("there is no file of prices " + file);
    }
    try {
      return parse(text(file).resolve());
    } catch (ConfigException | IllegalArgumentException e) {
      throw new RecordFormatException("prices " + file + ": " + e.getMessage());
    }
  }

  private static Config text(Path file) {
    Optional<String> recoded = recoded(file);
    if (recoded.isPresent()) {
      return ConfigFactory.parseString(recoded.get());
    }
    if (file.getFileSystem() == FileSystems.getDefault()) {
      return ConfigFactory.parseFile(file.toFile());
    }
    try {
      return ConfigFactory.parseURL(file.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Optional<String> recoded(Path file) {
    try {
      // The parser replaces what is no UTF-8 without a word.
      return TextFile.recoded(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          TextFile.complaint(e).orElse("cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  private static Prices parse(Config file) {
    refuseLiteLlm(file);
    known(file, KEYS, "");
    List<Price> models = new ArrayList<>();
    for (Config model : file.getConfigList("models")) {
      models.add(price(model, "models[" + models.size() + "]."));
    }
    String currency = file.getString("currency").strip();
    if (currency.isEmpty()) {
      throw new IllegalArgumentException("currency must be a name such as USD, was empty");
    }
    return new Prices(currency, models);
  }

  private static void refuseLiteLlm(Config file) {
    List<String> priced =
        file.root().entrySet().stream()
            .filter(
                entry ->
                    entry.getValue() instanceof ConfigObject model
                        && model.containsKey("input_cost_per_token"))
            .map(Map.Entry::getKey)
            .sorted()
            .limit(3)
            .toList();
    if (!priced.isEmpty()) {
      throw new IllegalArgumentException(
          "must have the keys currency and models, as feeders/prices-example.conf, was LiteLLM's"
              + " table of prices, with "
              + String.join(", ", priced)
              + ": put input_cost_per_token times a million under perMillion.input, and so on");
    }
  }

  private static Price price(Config model, String at) {
    known(model, MODEL_KEYS, at);
    Config tokens =
        model.hasPath("perMillion") ? model.getConfig("perMillion") : ConfigFactory.empty();
    String tokensAt = at + "perMillion.";
    known(tokens, Price.TOKENS, tokensAt);
    BigDecimal input = amount(tokens, "input", tokensAt, BigDecimal.ZERO);
    BigDecimal output = amount(tokens, "output", tokensAt, BigDecimal.ZERO);
    return new Price(
        model.getString("model"),
        pattern(model, "provider"),
        pattern(model, "tier"),
        pattern(model, "latencyMode"),
        input,
        amount(tokens, "cachedInput", tokensAt, input),
        amount(tokens, "cacheWrite", tokensAt, input),
        output,
        amount(tokens, "reasoning", tokensAt, output),
        perRequest(model, at),
        amount(model, "perHour", at, BigDecimal.ZERO));
  }

  private static String pattern(Config model, String key) {
    return model.hasPath(key) ? model.getString(key) : Price.ANY;
  }

  private static Map<String, BigDecimal> perRequest(Config model, String at) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    if (model.hasPath("perRequest")) {
      Config named = model.getConfig("perRequest");
      for (String name : named.root().keySet()) {
        if (Price.TOKENS.contains(name) || name.equals(Cost.TIME)) {
          throw new IllegalArgumentException(
              at + "perRequest must have other names than tokens and time, has \"" + name + '"');
        }
        String key = ConfigUtil.quoteString(name);
        amounts.put(name, amount(named, key, at + "perRequest.", BigDecimal.ZERO));
      }
    }
    return amounts;
  }

  private static BigDecimal amount(Config config, String key, String at, BigDecimal otherwise) {
    if (!config.hasPath(key)) {
      return otherwise;
    }
    String text = config.getString(key).strip();
    try {
      BigDecimal amount = new BigDecimal(text);
      // Digits are multiplied and written out: those of 1e999999999 would fill the memory.
      if (amount.compareTo(MOST) > 0 || Math.abs((long) amount.scale()) > MOST_DIGITS) {
        throw new IllegalArgumentException(
            at + key + " must be an amount up to 1e12, to 30 decimals, was \"" + text + '"');
      }
      if (amount.signum() >= 0) {
        return amount;
      }
    } catch (NumberFormatException ignored) {
      // refused below, like a negative amount
    }
    throw new IllegalArgumentException(
        at + key + " must be an amount of at least 0, was \"" + text + "\"");
  }

  private static void known(Config config, Set<String> keys, String at) {
    for (String key : config.root().keySet()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(
            "there is no key "
                + at
                + key
                + "; known are "
                + String.join(", ", keys.stream().sorted().toList()));
      }
    }
  }

  /** The price of a model; empty if the file has none. */
  public Optional<Price> of(String provider, String model) {
    return of(provider, model, CallRecord.Served.UNKNOWN);
  }

  private Optional<Price> of(String provider, String model, CallRecord.Served by) {
    return models.stream().filter(price -> price.isOf(provider, model, by)).findFirst();
  }

  /**
   * The price of a call.
   *
   * @param model whose price it is: that which served the call, or else that which was asked
   * @param price empty if the file has none
   */
  record Found(String model, Optional<Price> price) {}

  /**
   * The price of the model that served the call, if an entry names it; else that of the model that
   * was asked. An alias or a deployment may be served by a model of another name; a deployment that
   * an entry names has that price, whatever its model. A call that a provisioned deployment handed
   * over has the price of the deployment that took it, or of its model, and never that of the
   * provisioned one, whose tokens cost nothing.
   */
  Found find(CallRecord call) {
    CallRecord.Served by = call.served();
    Stream<String> served = names(by.model()).stream();
    String otherwise = call.model();
    if (by.spilledOver()) {
      otherwise = by.deployment();
      served = Stream.concat(Stream.of(otherwise), served);
    } else if (call.provider().equals("azure-openai") && !ModelName.chooses(otherwise)) {
      served = Stream.concat(Stream.of(otherwise), served);
    }
    for (String name : served.toList()) {
      Optional<Price> price = of(call.provider(), name, by).filter(Price::namesModels);
      if (price.isPresent()) {
        return new Found(name, price);
      }
    }
    return new Found(otherwise, of(call.provider(), otherwise, by));
  }

  /** A name, and what an ARN ends with. */
  private static List<String> names(String model) {
    if (model.isEmpty()) {
      return List.of();
    }
    int slash = model.lastIndexOf('/');
    return slash < 0 ? List.of(model) : List.of(model, model.substring(slash + 1));
  }

  /**
   * What one call cost, without its share of the time; empty if it was not billed or has no price.
   */
  public Optional<BigDecimal> of(CallRecord call) {
    return find(call).price().flatMap(price -> price.of(call));
  }
}

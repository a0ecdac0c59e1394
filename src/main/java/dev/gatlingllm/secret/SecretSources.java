package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in variables, properties and settings: by the name that stands before a value, and
 * by the place in an address.
 */
public final class SecretSources {

  private static final Pattern PLAIN =
      Pattern.compile("(?i)[-+]?\\d+(\\.\\d+)?|true|false|yes|no|on|off|null|none");

  /** Words of configuration that may stand where a credential could. */
  private static final Set<String> CONFIGURATION_WORDS =
      Set.of(
          "anonymous",
          "authorization",
          "certificate",
          "credential",
          "credentials",
          "disabled",
          "managedidentity",
          "optional",
          "required");

  private static final Pattern USER_OF_ADDRESS =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://([^/?#\\s@]+)@");

  private static final Pattern USER_OF_PROXY = Pattern.compile("^([^/?#\\s@]+)@");

  private static final Pattern QUERY_VALUE = Pattern.compile("[?&]([^=?&#\\s]+)=([^&#\\s]+)");

  private static final Set<String> HARMLESS_QUERIES =
      Set.of("api-version", "api_version", "version", "model", "deployment", "stream", "format");

  // Values may be long: no pattern here may go back over what it has read, nor recurse for each
  // sign.

  /** {@code AccountKey=…;}, {@code -Dhttp.proxyPassword=…}. */
  private static final Pattern ASSIGNED =
      Pattern.compile("([A-Za-z][\\w.-]{0,99})=(\"[^\"]+\"|'[^']+'|[^\\s;&,\"']+)");

  private static final Pattern JSON_MEMBER =
      Pattern.compile("\"([^\"\\\\]{1,100})\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)++)\"");

  private static final int MOST_OF_HEADERS = 1_000;

  private static final Pattern SCHEME =
      Pattern.compile("(?i)^(bearer|basic|token|apikey|api-key|digest)\\s+(\\S.*)$");

  private final KnownSecrets known;

  private SecretSources(KnownSecrets known) {
    this.known = known;
  }

  /** Looks again at the environment variables and system properties of this process. */
  public static void addEnvironment() {
    addEnvironment(KnownSecrets.ofProcess());
  }

  static void addEnvironment(KnownSecrets known) {
    add(known, System.getenv(), System.getProperties());
  }

  static void add(KnownSecrets known, Map<String, String> variables, Properties properties) {
    SecretSources sources = new SecretSources(known);
    variables.forEach(sources::variable);
    Map<String, String> ours = new TreeMap<>();
    properties.stringPropertyNames().forEach(name -> ours.put(name, properties.getProperty(name)));
    // The meaning of llm.… keys is known: see addSetting.
    ours.entrySet().stream()
        .filter(property -> !property.getKey().startsWith("llm."))
        .forEach(property -> sources.variable(property.getKey(), property.getValue()));
    for (String scheme : new String[] {"http", "https", "socks"}) {
      sources.proxyUser(
          ours.getOrDefault(scheme + ".proxyUser", ""),
          ours.getOrDefault(scheme + ".proxyPassword", ""));
    }
  }

  /**
   * Looks at a setting whose key says what it is: an address or a path may hold a user and, in its
   * query, a secret; a text may hold JSON or assignments with names that say so.
   */
  public static void addSetting(String value) {
    addSetting(KnownSecrets.ofProcess(), value);
  }

  static void addSetting(KnownSecrets known, String value) {
    SecretSources sources = new SecretSources(known);
    sources.within(value);
    Matcher query = QUERY_VALUE.matcher(value);
    while (query.find()) {
      if (!HARMLESS_QUERIES.contains(query.group(1).toLowerCase(Locale.ROOT))) {
        sources.encoded(query.group(2));
      }
    }
  }

  /** Looks at a value whose name is free, such as a field of a request's body. */
  public static void addNamed(String name, String value) {
    addNamed(KnownSecrets.ofProcess(), name, value);
  }

  static void addNamed(KnownSecrets known, String name, String value) {
    new SecretSources(known).variable(name, value);
  }

  /** Looks at a header of a request; a simulation that makes them up does not fill the memory. */
  public static void addHeader(String name, String value) {
    if (SecretNames.looksSecret(name) && KnownSecrets.ofProcess().size() < MOST_OF_HEADERS) {
      addNamed(name, value);
    }
  }

  private void variable(String name, String value) {
    within(value);
    if (name.toLowerCase(Locale.ROOT).contains("proxy")) {
      users(USER_OF_PROXY.matcher(value));
    }
    if (SecretNames.looksSecret(name)) {
      secret(value.strip());
    }
  }

  /** Finds users in addresses, assignments and JSON members, whatever the name of the value. */
  private void within(String value) {
    users(USER_OF_ADDRESS.matcher(value));
    named(ASSIGNED.matcher(value));
    named(JSON_MEMBER.matcher(value));
  }

  private void named(Matcher member) {
    while (member.find()) {
      if (SecretNames.looksSecret(member.group(1))) {
        String value = member.group(2);
        boolean quoted = value.startsWith("\"") || value.startsWith("'");
        secret(quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
  }

  private void users(Matcher user) {
    while (user.find()) {
      String both = user.group(1);
      encoded(both);
      int colon = both.indexOf(':');
      if (colon >= 0) {
        encoded(both.substring(colon + 1));
        // As a proxy gets them, in base64.
        known.add(decoded(both.substring(0, colon)) + ":" + decoded(both.substring(colon + 1)));
      }
    }
  }

  private void proxyUser(String user, String password) {
    if (!password.isEmpty()) {
      known.add(user + ":" + password);
    }
  }

  private void encoded(String text) {
    known.add(text);
    known.add(decoded(text));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException ignored) {
      // A percent sign that stands for itself.
      return text;
    }
  }

  private void secret(String value) {
    if (isHarmless(value)) {
      return;
    }
    known.add(value);
    if (value.indexOf('\n') >= 0) {
      value.lines().filter(line -> !line.startsWith("-----")).forEach(known::add);
    }
    Matcher scheme = SCHEME.matcher(value);
    if (scheme.matches()) {
      known.add(scheme.group(2));
      if (scheme.group(1).equalsIgnoreCase("basic")) {
        userAndPassword(scheme.group(2));
      }
    }
    encoded(value);
  }

  private void userAndPassword(String base64) {
    try {
      String both = new String(Base64.getDecoder().decode(base64.strip()), ISO_8859_1);
      known.add(both);
      known.add(both.substring(both.indexOf(':') + 1));
    } catch (IllegalArgumentException ignored) {
      // Not base64: it is hidden as it stands.
    }
  }

  private static boolean isHarmless(String value) {
    String word = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return PLAIN.matcher(value).matches()
        || CONFIGURATION_WORDS.contains(word)
        || isBareAddress(value)
        || isFile(value);
  }

  private static boolean isBareAddress(String value) {
    return value.matches("(?i)https?://[^/?#\\s@]+/?");
  }

  private static boolean isFile(String value) {
    try {
      return (value.contains("/") || value.contains("\\")) && Files.exists(Path.of(value));
    } catch (InvalidPathException ignored) {
      return false;
    }
  }
}

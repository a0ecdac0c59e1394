package dev.gatlingllm.provider.aws;

import dev.gatlingllm.provider.ServiceAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host of Amazon Bedrock.
 *
 * @param service the name that it has in signatures: {@link #MANTLE}, or {@code bedrock} for {@code
 *     bedrock-runtime}
 * @param region the region it is in
 */
public record BedrockHost(String service, String region) {

  /** The endpoint for chat completions, Responses and Messages. */
  public static final String MANTLE = "bedrock-mantle";

  private static final String RUNTIME = "bedrock";

  /** Regional, FIPS, dual stack and VPC hosts. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:.+\\.)?bedrock-(runtime|mantle)(?:-fips)?\\.([a-z0-9-]+)(?:\\.vpce)?"
              + "\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");

  /** What the host of an address says; empty if it is none of Bedrock. */
  public static Optional<BedrockHost> of(URI address) {
    return ServiceAddress.host(address)
        .map(host -> HOST.matcher(host.toLowerCase(Locale.ROOT)))
        .filter(Matcher::matches)
        .map(found -> new BedrockHost(service(found.group(1)), found.group(2)));
  }

  private static String service(String name) {
    return name.equals("mantle") ? MANTLE : RUNTIME;
  }

  /**
   * The address of the mantle endpoint of a region.
   *
   * @param path begins with a slash
   */
  public static URI mantle(String region, String path) {
    return URI.create("https://bedrock-mantle." + region + ".api.aws" + path);
  }
}

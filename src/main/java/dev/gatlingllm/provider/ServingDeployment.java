package dev.gatlingllm.provider;

/**
 * The deployment that answered, as the headers of the response name it; what they do not say is
 * empty. Azure hands a request that a provisioned deployment cannot take to a standard one, and
 * says so in these headers alone, of a failed call as of one that succeeded.
 *
 * @param name the deployment that served the call ({@code x-ms-deployment-name})
 * @param spilledFrom the provisioned deployment that handed the call over ({@code
 *     x-ms-spillover-from-deployment}); its presence alone says that it did
 * @param spilloverError the status with which that one refused the call ({@code
 *     x-ms-spillover-error})
 */
public record ServingDeployment(String name, String spilledFrom, String spilloverError) {

  /** The headers name none. */
  public static final ServingDeployment UNKNOWN = new ServingDeployment("", "", "");
}

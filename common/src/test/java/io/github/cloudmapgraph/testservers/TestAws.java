package io.github.cloudmapgraph.testservers;

/** The made-up account of the tests. */
public final class TestAws {
    private TestAws() {}

    /** Gives the SDK a region and credentials, so that it looks for none on this machine. */
    public static void configure() {
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        // No profile of the person who runs the tests has a say in them.
        System.setProperty("aws.configFile", "/does/not/exist");
        System.setProperty("aws.sharedCredentialsFile", "/does/not/exist");
    }
}

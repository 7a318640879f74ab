// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// What stands behind an interface; decides its traffic.
enum Role {
    NAT,
    REGIONAL_NAT,
    ENDPOINT,
    BALANCER,
    BASTION,
    RESOLVER,
    WEB,
    APP,
    DATABASE,
    CACHE,
    /// A Kubernetes node with pods, which have addresses of their own.
    NODE,
    /// An ECS task.
    TASK;

    /// Whether its subnet routes to the internet gateway.
    boolean facesInternet() {
        return switch (this) {
            case NAT, REGIONAL_NAT, BALANCER, BASTION, WEB -> true;
            default -> false;
        };
    }
}

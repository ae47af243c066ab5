/// How the host's end of every pair behaves: it forwards, answers for nobody but itself, and believes nothing.
package enum HostEndSettings {
    package static let ipv4 = [
        LinkSetting(.ipv4, "forwarding", 1),
        LinkSetting(.ipv4, "rp_filter", 1),  // strict: also an ARP request from an address that is not the guest's
        LinkSetting(.ipv4, "route_localnet", 0),
        LinkSetting(.ipv4, "accept_source_route", 0),
        LinkSetting(.ipv4, "accept_redirects", 0),
        LinkSetting(.ipv4, "secure_redirects", 0),
        LinkSetting(.ipv4, "send_redirects", 0),
        LinkSetting(.ipv4, "proxy_arp", 0),
        LinkSetting(.ipv4, "proxy_arp_pvlan", 0),
        LinkSetting(.ipv4, "arp_accept", 0),
        LinkSetting(.ipv4, "arp_ignore", 1),  // answers for this end's own address, not for the host's others
        LinkSetting(.ipv4, "arp_notify", 0),
        LinkSetting(.ipv4, "bootp_relay", 0),
        LinkSetting(.ipv4, "log_martians", 0),  // a guest must not write the host's log
    ]

    package static let ipv6 = [
        LinkSetting(.ipv6, "addr_gen_mode", 1),  // none: fe80::1 is the only address
        LinkSetting(.ipv6, "accept_dad", 0),
        LinkSetting(.ipv6, "accept_ra", 0),
        LinkSetting(.ipv6, "autoconf", 0),
        LinkSetting(.ipv6, "router_solicitations", 0),
        LinkSetting(.ipv6, "accept_redirects", 0),
        LinkSetting(.ipv6, "accept_source_route", 0),
        LinkSetting(.ipv6, "proxy_ndp", 0),
        LinkSetting(.ipv6, "forwarding", 1),
    ]

    package static let noIPv6 = [LinkSetting(.ipv6, "disable_ipv6", 1)]
}

import { Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { useCreateCampaign } from './use-create-campaign.js';

/** Where other screens send those who want a new campaign: makes one and goes on to its page. */
export default function NewCampaignScreen() {
  const { create } = useCreateCampaign({ replace: true });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void create();
  }, [create]);
  return <Skeleton active paragraph={{ rows: 10 }} />;
}

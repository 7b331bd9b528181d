//! What the investigation found of each subject: this year's four, as the seed's speech names them, and last year's.

use super::Text;
use pingyi_core::investigation::ActivityKind;

/// A subject and what its group did and found.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    pub unit: &'static str,
    pub officer: &'static str,
    /// The working committee that follows the rectification (联系委室).
    pub committee: &'static str,
    forum: Did,
    visit: Did,
    interview: Did,
    papers: Did,
    /// Where the sample does not have it already.
    pub duty_report: Option<Text>,
    pub investigation: Text,
    /// The report in short.
    pub found: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub struct Did {
    pub place: &'static str,
    pub with: &'static str,
    pub people: u32,
    pub summary: &'static str,
}

impl Topic {
    pub fn activity(&self, kind: ActivityKind) -> Option<Did> {
        match kind {
            ActivityKind::Forum => Some(self.forum),
            ActivityKind::Visit => Some(self.visit),
            ActivityKind::Interview => Some(self.interview),
            ActivityKind::Papers => Some(self.papers),
            ActivityKind::Other => None,
        }
    }
}

pub const THIS_YEAR: [Topic; 4] = [EDUCATION, INDUSTRY, HEALTH, COUNTRYSIDE];

pub const LAST_YEAR: [Topic; 4] = [EDUCATION_BEFORE, HEALTH_BEFORE, HOUSING, CIVIL];

const EDUCATION: Topic = Topic {
    unit: "区教育局",
    officer: "周某",
    committee: "教科文卫委员会",
    forum: Did {
        place: "区第一小学会议室",
        with: "校长、教师和家长代表",
        people: 26,
        summary: "与会人员肯定课后服务和学位建设，集中反映城乡结合部学校班额大、乡镇学校教师留不住。",
    },
    visit: Did {
        place: "城东实验学校、河口镇中心小学",
        with: "学校师生",
        people: 40,
        summary: "实地查看三所在建学校和两所乡镇小学，两处项目进度滞后约两个月。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "局机关干部、基层校长",
        people: 18,
        summary: "个别访谈，内容不对外公布；反映较多的是编制统筹和民办机构监管。",
    },
    papers: Did {
        place: "区教育局档案室",
        with: "",
        people: 0,
        summary: "查阅会议记录、经费台账、建议办理答复等档案64卷。",
    },
    duty_report: None,
    investigation: Text {
        file_name: "区教育局履职情况调查报告.md",
        text: include_str!("found_education.md"),
    },
    found: "履职总体较好，学位建设成效明显；教育发展与区位优势不相适应、资源配置不尽合理的问题仍较突出。",
};

const INDUSTRY: Topic = Topic {
    unit: "区工信局",
    officer: "吴某",
    committee: "财政经济委员会",
    forum: Did {
        place: "区高新技术产业园",
        with: "中小企业负责人",
        people: 22,
        summary: "企业普遍认可园区水电保障，反映数字化转型补贴兑付慢、政策“找不到、看不懂”。",
    },
    visit: Did {
        place: "三家规模以上企业和两家小微企业",
        with: "企业职工",
        people: 30,
        summary: "走访车间和技改项目，抽查惠企政策兑付台账，平均兑付时间5.4个月。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "企业经办人、局机关干部",
        people: 14,
        summary: "个别访谈，内容不对外公布；反映较多的是多头报送材料。",
    },
    papers: Did {
        place: "区工信局档案室",
        with: "",
        people: 0,
        summary: "查阅涉企文件和补贴台账41卷。",
    },
    duty_report: None,
    investigation: Text {
        file_name: "区工信局履职情况调查报告.md",
        text: include_str!("found_industry.md"),
    },
    found: "工业增长势头好，园区建设推进有力；对中小企业服务力度不够，政策兑付周期长。",
};

const HEALTH: Topic = Topic {
    unit: "区卫生健康局",
    officer: "郑某",
    committee: "教科文卫委员会",
    forum: Did {
        place: "河口镇卫生院",
        with: "医护人员、村医和群众代表",
        people: 24,
        summary: "反映乡镇卫生院招不到、留不住医生，儿科和急诊夜间无人值守。",
    },
    visit: Did {
        place: "区人民医院、四个乡镇卫生院",
        with: "就诊群众",
        people: 52,
        summary: "查看发热门诊、药品配备和信息系统，随机询问就诊群众52人。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "院长、医务人员",
        people: 16,
        summary: "个别访谈，内容不对外公布；反映较多的是绩效分配。",
    },
    papers: Did {
        place: "区卫生健康局档案室",
        with: "",
        people: 0,
        summary: "查阅医疗机构校验、采购和信访档案57卷。",
    },
    duty_report: None,
    investigation: Text {
        file_name: "区卫生健康局履职情况调查报告.md",
        text: include_str!("found_health.md"),
    },
    found: "公共卫生工作扎实；医疗卫生保障体系不健全，基层人才短缺。",
};

const COUNTRYSIDE: Topic = Topic {
    unit: "区乡村振兴局",
    officer: "王某",
    committee: "农业与农村委员会",
    forum: Did {
        place: "河口镇文化站",
        with: "村干部、脱贫户、合作社代表",
        people: 28,
        summary: "反映产业项目“建得起、管不好”，易地搬迁群众就近就业岗位少。",
    },
    visit: Did {
        place: "六个村的产业基地和搬迁安置点",
        with: "村民",
        people: 61,
        summary: "查看产业项目9个，其中2个处于停产状态。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "驻村干部、村支书",
        people: 15,
        summary: "个别访谈，内容不对外公布；反映较多的是项目立项论证不足。",
    },
    papers: Did {
        place: "区乡村振兴局档案室",
        with: "",
        people: 0,
        summary: "查阅项目资产登记、监测帮扶和信访档案49卷。",
    },
    duty_report: None,
    investigation: Text {
        file_name: "区乡村振兴局履职情况调查报告.md",
        text: include_str!("found_countryside.md"),
    },
    found: "防返贫监测帮扶到位；巩固脱贫成果同乡村振兴衔接谋划不足，部分项目管护不力。",
};

const EDUCATION_BEFORE: Topic = Topic {
    unit: "区教育局",
    officer: "周某",
    committee: "教科文卫委员会",
    forum: Did {
        place: "区教师进修学校",
        with: "校长、家长代表",
        people: 21,
        summary: "反映大班额和择校问题突出。",
    },
    visit: Did {
        place: "五所中小学",
        with: "学校师生",
        people: 36,
        summary: "实地清点班额，37个班级超过50人。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "教师、机关干部",
        people: 12,
        summary: "个别访谈，内容不对外公布。",
    },
    papers: Did {
        place: "区教育局档案室",
        with: "",
        people: 0,
        summary: "查阅布局调整方案论证材料等档案38卷。",
    },
    duty_report: Some(Text {
        file_name: "区教育局述职报告.md",
        text: include_str!("duty_education_before.md"),
    }),
    investigation: Text {
        file_name: "区教育局履职情况调查报告.md",
        text: include_str!("found_education_before.md"),
    },
    found: "工作有成效，但大班额集中，学校布局调整征求意见不充分。",
};

const HEALTH_BEFORE: Topic = Topic {
    unit: "区卫生健康局",
    officer: "郑某",
    committee: "教科文卫委员会",
    forum: Did {
        place: "区人民医院",
        with: "医护人员、群众代表",
        people: 19,
        summary: "反映乡镇卫生院夜间急诊力量薄弱。",
    },
    visit: Did {
        place: "三个乡镇卫生院",
        with: "就诊群众",
        people: 33,
        summary: "抽查值班记录，儿科夜间无人值守。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "医务人员",
        people: 11,
        summary: "个别访谈，内容不对外公布。",
    },
    papers: Did {
        place: "区卫生健康局档案室",
        with: "",
        people: 0,
        summary: "查阅医疗机构校验档案29卷。",
    },
    duty_report: Some(Text {
        file_name: "区卫生健康局述职报告.md",
        text: include_str!("duty_health_before.md"),
    }),
    investigation: Text {
        file_name: "区卫生健康局履职情况调查报告.md",
        text: include_str!("found_health_before.md"),
    },
    found: "公共卫生基础扎实，基层儿科、急诊力量薄弱，执法台账不完整。",
};

const HOUSING: Topic = Topic {
    unit: "区住房和城乡建设局",
    officer: "冯某",
    committee: "城乡建设与环境资源保护委员会",
    forum: Did {
        place: "金桥社区居委会",
        with: "居民、物业企业代表",
        people: 27,
        summary: "居民集中反映老旧小区改造后无人管护、渗漏投诉没有回音。",
    },
    visit: Did {
        place: "四个改造小区",
        with: "居民",
        people: 58,
        summary: "查看屋面、管网和电梯，回访投诉30件，其中17件未办结。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "社区干部、机关干部",
        people: 13,
        summary: "个别访谈，内容不对外公布。",
    },
    papers: Did {
        place: "区住房和城乡建设局档案室",
        with: "",
        people: 0,
        summary: "查阅维修资金使用和投诉办理档案44卷。",
    },
    duty_report: Some(Text {
        file_name: "区住房和城乡建设局述职报告.md",
        text: include_str!("duty_housing.md"),
    }),
    investigation: Text {
        file_name: "区住房和城乡建设局履职情况调查报告.md",
        text: include_str!("found_housing.md"),
    },
    found: "棚改和老旧小区改造任务完成；投诉办理拖延、维修资金公示不规范，群众意见大。",
};

const CIVIL: Topic = Topic {
    unit: "区民政局",
    officer: "陈某",
    committee: "社会建设委员会",
    forum: Did {
        place: "阳光社区养老服务站",
        with: "老年人、社区干部",
        people: 23,
        summary: "反映养老服务站开放时间短、服务项目少。",
    },
    visit: Did {
        place: "六个养老服务站、低保户家庭",
        with: "老年人、低保对象",
        people: 41,
        summary: "入户核查低保对象20户，2户情况变化未及时调整。",
    },
    interview: Did {
        place: "区人大常委会谈话室",
        with: "民政助理员",
        people: 10,
        summary: "个别访谈，内容不对外公布。",
    },
    papers: Did {
        place: "区民政局档案室",
        with: "",
        people: 0,
        summary: "查阅社会救助审批档案36卷。",
    },
    duty_report: Some(Text {
        file_name: "区民政局述职报告.md",
        text: include_str!("duty_civil.md"),
    }),
    investigation: Text {
        file_name: "区民政局履职情况调查报告.md",
        text: include_str!("found_civil.md"),
    },
    found: "社会救助兜底有力；社区养老服务站利用率不高，低保动态核查入户不足。",
};
